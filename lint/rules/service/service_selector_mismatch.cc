#include "lint/model/pods.h"
#include "lint/rules/service/candidates.h"
#include "lint/rules/service/common.h"

#include <algorithm>

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

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const Index& index = context.index;
  const StatefulSetView set(object);
  const auto services = governing_services(set, index);
  const bool all = std::all_of(services.begin(), services.end(), [&](const Object* each) {
    const ServiceView view(*each);
    return view.external_name == false && view.has_selector == true &&
           selects_pods(index.selector(*each), object, index) == Match::kNo;
  });
  if (services.empty() || !all) return;
  const Object& service = *services.front();
  if (serves_others(service, object, index)) return;

  const Labels selector = index.selector(service);
  const std::string key = mismatching_pod_key(selector, object, index);
  const auto wanted = selector.known.find(key);
  if (wanted == selector.known.end() || !wanted->second) return;
  const Labels labels = index.template_labels(object);
  const auto given = labels.known.find(key);

  const kube::Value selector_value = service.root.get("spec", "selector");
  const kube::Value entry = selector_value.get(key);
  const bool sure =
      index.same_namespace(service, object) == SameNamespace::kYes || service.file == object.file;
  std::string message = title(service) + " selects " + pair(key, *wanted->second) +
                        ", but the pods of " + title(object) + ", which it governs, ";
  // Of labels that the controller writes only a pod's name can be known to differ.
  const bool by_name = key == "statefulset.kubernetes.io/pod-name";
  message += by_name                       ? "are named " + std::string(object.name) + "-N"
             : given == labels.known.end() ? "have no label " + quoted(key)
             : given->second               ? "have " + pair(key, *given->second)
                                           : "have another " + quoted(key);
  auto finding =
      report(findings, kServiceSelectorMismatch, sure ? Severity::kError : Severity::kWarning,
             service, entry ? entry : selector_value, selector_value, std::move(message));
  const kube::Value pod_labels = set.pods.metadata.get("labels");
  if (const kube::Value label = pod_labels.get(key)) {
    finding.related(label, "the label of the pods");
  } else {
    finding.related_key(pod_labels ? pod_labels : set.spec.get("template"),
                        "the labels of the pods");
  }
  finding.related(set.spec.get("serviceName"), title(object) + " names it here");
  const auto candidates = index.derived<ServiceTable>().candidates(object, set.service_name, index);
  const Candidate* candidate = best(candidates, object);
  if (candidate != nullptr && candidate->headless && candidate->selects) {
    finding
        .related(candidate->service->metadata.get("name"),
                 "headless Service " + quoted(candidate->service->name) + " selects these pods")
        .fix("serviceName: " + std::string(candidate->service->name));
  } else if (given != labels.known.end() && given->second) {
    finding.fix(pair(key, *given->second));
  } else {
    const std::string whole = selector_for(object, index);
    finding.fix(whole.empty() ? "remove " + key + " from the selector" : "selector: " + whole);
  }
}

}  // namespace
}  // namespace sts::lint
