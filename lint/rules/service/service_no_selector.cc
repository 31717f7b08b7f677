#include "lint/model/text.h"
#include "lint/rules/service/common.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServiceNoSelector{106, "service-no-selector", Severity::kWarning,
                                     "a governing Service without selector or endpoints", check};

namespace {

// Something else may write endpoints by hand: an operator, or the set's own pods (Patroni does).
bool is_managed(const Object& service, const StatefulSetView& set) {
  if (service.metadata.get("ownerReferences").size() > 0) return true;
  const kube::Value manager = service.metadata.get("labels", "app.kubernetes.io/managed-by");
  if (manager) {
    constexpr std::array<std::string_view, 6> kTools{"Helm",      "helm",      "Tiller",
                                                     "Kustomize", "kustomize", "argocd"};
    const auto text = manager.string().value_or("");
    if (std::find(kTools.begin(), kTools.end(), text) == kTools.end()) return true;
  }
  for (const Container& container : set.pods.containers()) {
    if (container.image.find("patroni") != std::string_view::npos ||
        container.image.find("spilo") != std::string_view::npos) {
      return true;
    }
    for (kube::Value variable : container.value.get("env").items()) {
      const auto name = variable.get("name").string().value_or("");
      if (name.substr(0, 8) == "PATRONI_") return true;
    }
  }
  return false;
}

// Nothing for "cannot tell".
std::optional<bool> has_endpoints(const Object& service, const Index& index) {
  const Reference endpoints = index.find(service, Kind::kEndpoints, service.name);
  if (endpoints.answer == Answer::kFound) return true;
  if (endpoints.answer == Answer::kUnknown) return std::nullopt;
  for (const Object* slice : index.of_kind(Kind::kEndpointSlice)) {
    if (index.same_namespace(service, *slice) == SameNamespace::kNo) continue;
    const Labels labels = index.labels(*slice);
    const auto owner = labels.known.find("kubernetes.io/service-name");
    if (labels.open ||
        (owner != labels.known.end() && (!owner->second || *owner->second == service.name))) {
      return true;
    }
  }
  if (index.completeness(service, Kind::kEndpointSlice).answer != Answer::kAbsent) {
    return std::nullopt;
  }
  return false;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const Index& index = context.index;
  const StatefulSetView set(object);
  const auto services = governing_services(set, index);
  const bool all = std::all_of(services.begin(), services.end(), [&](const Object* each) {
    const ServiceView view(*each);
    return view.external_name == false && view.has_selector == false &&
           index.selector(*each).empty() && !is_managed(*each, set) &&
           has_endpoints(*each, index) == false;
  });
  if (services.empty() || !all) return;
  const ServiceView view(*services.front());
  auto finding = report(findings, kServiceNoSelector, Severity::kWarning, view.object,
                        view.spec.get("selector"), view.spec,
                        title(view.object) + " governs " + title(object) +
                            " but has no selector, and nothing here defines endpoints for it: no "
                            "pod gets a DNS name");
  finding.related(set.spec.get("serviceName"), title(object) + " names it here");
  const std::string selector = selector_for(object, index);
  finding.fix(selector.empty() ? "give it the labels of the set's pods as selector"
                               : "selector: " + selector);
}

}  // namespace
}  // namespace sts::lint
