#include "lint/model/near_miss.h"
#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"

#include <algorithm>
#include <array>
#include <utility>

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

// One letter more, less or other: a slip also where the words are too short for near_miss.h.
bool is_one_letter_off(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < 2 || b.size() - a.size() > 1) return false;
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin());
  const auto skip = a.size() == b.size() && in_a != a.end() ? 1 : 0;
  const auto more = b.size() > a.size() ? 1 : skip;
  return std::equal(in_a + skip, a.end(), in_b + more, b.end());
}

// The labels that the selector asks for are the pods' own but for a letter of a value.
bool differs_in_value(const Labels& selector, const Labels& labels) {
  bool differs = false;
  for (const auto& [key, value] : selector.known) {
    const auto found = labels.known.find(key);
    if (!value || found == labels.known.end() || !found->second) return false;
    if (*found->second == *value) continue;
    if (!tells_apart(key) || !is_one_letter_off(*value, *found->second)) return false;
    differs = true;
  }
  return differs;
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

constexpr std::array<Kind, 7> kPodMakers{Kind::kStatefulSet, Kind::kDaemonSet,  Kind::kDeployment,
                                         Kind::kPod,         Kind::kReplicaSet, Kind::kJob,
                                         Kind::kCronJob};

// Nothing unread could bring pods with these labels: neither a part of the project that holds
// workloads, nor a program, a custom resource or a template that has a value in its text.
bool all_there_is(const Object& service, const Labels& selector, const Index& index) {
  for (const Kind kind : kPodMakers) {
    if (index.completeness(service, kind).answer != Answer::kAbsent) return false;
  }
  return std::all_of(selector.known.begin(), selector.known.end(), [&](const auto& entry) {
    return !tells_apart(entry.first) ||
           index.absence(service, Kind::kPod, *entry.second).answer == Answer::kAbsent;
  });
}

// The one workload beside the Service whose labels differ in a value only.
const Object* only_one_beside(const Object& service, const Labels& selector, const Index& index) {
  const Object* only = nullptr;
  for (const Object* workload : index.derived<PodTable>().beside(service)) {
    if (!index.together(service, *workload)) continue;
    if (only != nullptr) return nullptr;
    only = workload;
  }
  if (only == nullptr || pod_labels(*only, index).open) return nullptr;
  return differs_in_value(selector, index.template_labels(*only)) ? only : nullptr;
}

const Object* meant_by(const Object& service, const Labels& selector, const Index& index) {
  for (const Object* workload : index.derived<PodTable>().beside(service)) {
    if (index.together(service, *workload) && !pod_labels(*workload, index).open &&
        is_meant(service, selector, *workload, index)) {
      return workload;
    }
  }
  return only_one_beside(service, selector, index);
}

// Pods that nobody writes a workload for: those of the cluster's own components.
bool selects_system_pods(const Object& service, const Labels& selector) {
  if (service.name_space.name == "kube-system") return true;
  return std::any_of(selector.known.begin(), selector.known.end(), [](const auto& entry) {
    const std::string& value = *entry.second;
    return value.find("kube-") == 0 || value == "etcd" || value == "control-plane";
  });
}

// No workload was surely meant: this is worth a word only where the Service stands among workloads
// of its own build or file, none of which has any of the labels that it asks for.
bool stands_among_workloads(const Object& service, const Labels& selector, const Index& index) {
  bool any = false;
  // Labels of an operator's own may be written on running pods (Longhorn's are).
  if (std::any_of(selector.known.begin(), selector.known.end(),
                  [](const auto& entry) { return !tells_apart(entry.first); })) {
    return false;
  }
  for (const Object* workload : index.derived<PodTable>().beside(service)) {
    // A folder may hold examples that have nothing to do with each other.
    if (service.file != workload->file && !index.built_together(service, *workload)) continue;
    any = true;
    const Labels labels = pod_labels(*workload, index);
    if (labels.open) return false;
    for (const auto& [key, value] : selector.known) {
      const auto found = labels.known.find(key);
      if (found != labels.known.end() && (!found->second || found->second == value)) return false;
    }
  }
  return any && !selects_system_pods(service, selector);
}

void report_unmeant(const ServiceView& view, const Labels& selector, Findings& findings) {
  const auto& [key, value] = *selector.known.begin();
  const kube::Value selector_value = view.spec.get("selector");
  const kube::Value entry = selector_value.get(key);
  report(findings, kServiceSelectsNothing, Severity::kInfo, view.object,
         entry ? entry : selector_value, selector_value,
         title(view.object) + " selects " + pair(key, *value) +
             ", which no pod template of this project has")
      .fix("select labels that pods have, or remove the Service");
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kService) return;
  const Index& index = context.index;
  const ServiceView view(object);
  // What patches make of the selector is known as far as its labels are.
  if (view.external_name != false || view.has_selector == false) return;
  const Labels selector = index.selector(object);
  if (selector.open || selector.empty()) return;
  if (std::any_of(selector.known.begin(), selector.known.end(), [](const auto& entry) {
        return !entry.second || is_set_at_run_time(entry.first);
      })) {
    return;
  }
  if (!index.derived<ServicePods>().of(object).empty()) return;
  // service-selector-mismatch says more.
  if (!index.derived<Governed>().sets_of(object).empty()) return;

  const Object* meant = meant_by(object, selector, index);
  if (!all_there_is(object, selector, index)) return;
  if (meant == nullptr) {
    if (stands_among_workloads(object, selector, index)) report_unmeant(view, selector, findings);
    return;
  }

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
