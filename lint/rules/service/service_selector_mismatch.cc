#include "lint/index/kustomize.h"
#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/rules/service/candidates.h"
#include "lint/rules/service/common.h"

#include <algorithm>
#include <optional>
#include <string>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServiceSelectorMismatch{105, "service-selector-mismatch", Severity::kError,
                                           "a governing Service that selects other pods", check};

namespace {

// The Service found lies nearer to pods that it does select: in a repository of many projects it is
// theirs, and only its name is the same.
bool serves_others(const Object& service, const Object& set, const Index& index) {
  if (index.together(service, set)) return false;
  const auto& selected = index.derived<ServicePods>().of(service);
  return std::any_of(selected.begin(), selected.end(), [&](const Object* other) {
    return Index::distance(service, *other) <= Index::distance(service, set);
  });
}

// Selector and labels as they meet: in one build, or in all that are known.
struct Mismatch {
  const Object& service;
  const StatefulSetView& set;
  Labels selector;
  Labels labels;
  std::optional<Build> build;
};

// Where a build's value of a mapping's key is written: in a patch, or in the object.
kube::Value place_in(const Object& object, const std::string& pointer, std::string_view key,
                     std::optional<Build> build, const Index& index) {
  if (!build) return {};
  std::string escaped;
  for (const char c : key) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  for (const Variant& variant : index.variants(object, pointer + "/" + escaped)) {
    if (variant.build == build && variant.writer != nullptr) return variant.place;
  }
  return {};
}

void report_mismatch(const Mismatch& found, const Index& index, Findings& findings) {
  const Object& service = found.service;
  const Object& object = found.set.object;
  const std::string key = mismatching_pod_key(found.selector, object, found.labels);
  const auto wanted = found.selector.known.find(key);
  if (wanted == found.selector.known.end() || !wanted->second) return;
  const auto given = found.labels.known.find(key);

  const kube::Value selector_value = service.root.get("spec", "selector");
  const kube::Value patched = place_in(service, "/spec/selector", key, found.build, index);
  const kube::Value entry = patched.exists() ? patched : selector_value.get(key);
  const bool sure =
      index.same_namespace(service, object) == SameNamespace::kYes || service.file == object.file;
  std::string message = title(service);
  if (found.build) message += ", as " + index.root_of(*found.build).file->path + " builds it,";
  message += " selects " + pair(key, *wanted->second) + ", but the pods of " + title(object) +
             ", which it governs, ";
  // Of labels that the controller writes only a pod's name can be known to differ.
  const bool by_name = key == "statefulset.kubernetes.io/pod-name";
  message += by_name                             ? "are named " + std::string(object.name) + "-N"
             : given == found.labels.known.end() ? "have no label " + quoted(key)
             : given->second                     ? "have " + pair(key, *given->second)
                                                 : "have another " + quoted(key);
  auto finding =
      report(findings, kServiceSelectorMismatch, sure ? Severity::kError : Severity::kWarning,
             service, entry ? entry : selector_value, selector_value, std::move(message));
  const kube::Value pod_labels = found.set.pods.metadata.get("labels");
  const kube::Value patched_label =
      place_in(object, found.set.pods.pointer + "/metadata/labels", key, found.build, index);
  if (const kube::Value label = patched_label.exists() ? patched_label : pod_labels.get(key)) {
    finding.related(label, "the label of the pods");
  } else {
    finding.related_key(pod_labels ? pod_labels : found.set.spec.get("template"),
                        "the labels of the pods");
  }
  finding.related(found.set.spec.get("serviceName"), title(object) + " names it here");
  const auto candidates = index.derived<ServiceTable>().candidates(object, service.name, index);
  const Candidate* candidate = best(candidates, object);
  if (candidate != nullptr && candidate->headless && candidate->selects) {
    finding
        .related(candidate->service->metadata.get("name"),
                 "headless Service " + quoted(candidate->service->name) + " selects these pods")
        .fix("serviceName: " + std::string(candidate->service->name));
  } else if (given != found.labels.known.end() && given->second) {
    finding.fix(pair(key, *given->second));
  } else {
    const std::string whole = selector_for(object, index);
    finding.fix(whole.empty() ? "remove " + key + " from the selector" : "selector: " + whole);
  }
}

// Where patches write the labels, the selector or the name, each build is judged by itself.
void check_builds(const StatefulSetView& set, const Index& index, Findings& findings) {
  const Object& object = set.object;
  for (const Variant& variant : index.variants(object, "/spec/serviceName")) {
    const auto name = variant.known ? variant.value.string() : std::nullopt;
    if (!variant.build || !name) continue;
    auto services = index.named(Kind::kService, *name);
    std::erase_if(services, [&](const Object* each) {
      return !index.holds(*variant.build, *each) ||
             index.same_namespace(object, *each) == SameNamespace::kNo;
    });
    if (services.size() != 1) continue;
    const Object& service = *services.front();
    if (ServiceView(service).external_name != false) continue;
    Mismatch found{service, set, index.selector(service, variant.build),
                   pod_labels(object, index, variant.build), variant.build};
    if (found.selector.empty() || found.selector.open ||
        selects_pods(found.selector, object, found.labels) != Match::kNo) {
      continue;
    }
    report_mismatch(found, index, findings);
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const Index& index = context.index;
  const StatefulSetView set(object);
  const auto services = governing_services(set, index);
  const bool patched = object.patched_at(set.pods.pointer + "/metadata/labels") ||
                       object.patched_at("/spec/serviceName") ||
                       std::any_of(services.begin(), services.end(), [](const Object* each) {
                         return each->patched_at("/spec/selector");
                       });
  if (patched) {
    if (!is_fragment(object)) check_builds(set, index, findings);
    return;
  }
  const bool all = std::all_of(services.begin(), services.end(), [&](const Object* each) {
    const ServiceView view(*each);
    return view.external_name == false && view.has_selector == true &&
           selects_pods(index.selector(*each), object, index) == Match::kNo;
  });
  if (services.empty() || !all) return;
  const Object& service = *services.front();
  if (serves_others(service, object, index)) return;
  report_mismatch({service, set, index.selector(service), pod_labels(object, index), std::nullopt},
                  index, findings);
}

}  // namespace
}  // namespace sts::lint
