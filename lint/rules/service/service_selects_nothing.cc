#include "lint/model/near_miss.h"
#include "lint/model/pods.h"
#include "lint/rules/service/common.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServiceSelectsNothing{120, "service-selects-nothing", Severity::kWarning,
                                         "a Service whose selector matches no pod template", check};

namespace {

// Labels that many unlike things of one release share say nothing about whom a Service means.
bool tells_apart(std::string_view key) {
  constexpr std::array<std::string_view, 6> kNames{"app", "name",    "k8s-app",
                                                   "run", "service", "app.kubernetes.io/name"};
  return std::find(kNames.begin(), kNames.end(), key) != kNames.end();
}

std::string_view without_suffix(std::string_view name) {
  for (std::string_view suffix :
       {"-headless", "-service", "-svc", "-hs", "-cs", "-external", "-internal", "-lb", "-public",
        "-client", "-peers", "-peer", "-metrics", "-discovery", "-nodeport", "-loadbalancer"}) {
    if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix) {
      return name.substr(0, name.size() - suffix.size());
    }
  }
  return name;
}

// The workload was surely meant, though the selector misses it. Pods may come from elsewhere (an
// operator's, another chart's), so that nothing matches proves nothing alone.
bool is_meant(const Object& service, const Labels& selector, const Object& workload,
              const Index& index) {
  if (without_suffix(service.name) == workload.name) return true;
  const Labels labels = index.template_labels(workload);
  for (const auto& [key, value] : selector.known) {
    if (!value || !tells_apart(key)) continue;
    const auto found = labels.known.find(key);
    if (found != labels.known.end() && found->second) {
      if (*found->second == *value) return true;
      const auto near = near_miss(*value, *found->second);
      if (near && *near < 2) return true;  // a slip, not another word
    }
    for (const auto& [other_key, other] : labels.known) {
      if (other == value && tells_apart(other_key)) return true;
    }
  }
  return false;
}

bool all_there_is(const Object& service, const Index& index) {
  for (const Kind kind : {Kind::kStatefulSet, Kind::kDaemonSet, Kind::kDeployment, Kind::kPod}) {
    if (index.completeness(service, kind).answer != Answer::kAbsent) return false;
  }
  return true;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kService) return;
  const Index& index = context.index;
  const ServiceView view(object);
  if (view.external_name != false || view.has_selector != true) return;
  const Labels selector = index.selector(object);
  if (selector.open) return;
  if (std::any_of(selector.known.begin(), selector.known.end(), [](const auto& entry) {
        return !entry.second || is_set_at_run_time(entry.first);
      })) {
    return;
  }
  const auto& pods = index.derived<PodTable>();
  if (!index.derived<ServicePods>().of(object).empty()) return;
  // service-selector-mismatch says more.
  if (!index.derived<Governed>().sets_of(object).empty()) return;

  const Object* meant = nullptr;
  for (const Object* workload : pods.beside(object)) {
    if (index.together(object, *workload) && !pod_labels(*workload, index).open &&
        is_meant(object, selector, *workload, index)) {
      meant = workload;
      break;
    }
  }
  if (meant == nullptr || !all_there_is(object, index)) return;

  const std::string key = mismatching_pod_key(selector, *meant, index);
  const auto wanted = selector.known.find(key);
  if (wanted == selector.known.end()) return;
  const Labels labels = index.template_labels(*meant);
  const auto given = labels.known.find(key);
  const kube::Value selector_value = view.spec.get("selector");
  const kube::Value entry = selector_value.get(key);
  const PodTemplate pod = pod_template(*meant);
  auto finding =
      report(findings, kServiceSelectsNothing, Severity::kWarning, object,
             entry ? entry : selector_value, selector_value,
             title(object) + " selects " + pair(key, *wanted->second) +
                 ", which no pod template of its namespace has" +
                 (given != labels.known.end() && given->second
                      ? "; the pods of " + title(*meant) + " have " + pair(key, *given->second)
                      : "; the pods of " + title(*meant) + " have no such label"));
  if (const kube::Value label = pod.metadata.get("labels").get(key)) {
    finding.related(label, "the label of the pods");
  } else {
    finding.related_key(pod.metadata.get("labels") ? pod.metadata.get("labels") : pod.spec,
                        "the pods of " + title(*meant));
  }
  if (given != labels.known.end() && given->second) {
    finding.fix(pair(key, *given->second));
  } else {
    const std::string whole = selector_for(*meant, index);
    finding.fix(whole.empty() ? "select a label that the pods have" : "selector: " + whole);
  }
}

}  // namespace
}  // namespace sts::lint
