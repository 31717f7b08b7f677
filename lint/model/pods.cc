#include "lint/model/pods.h"

#include "kube/semantics/pod_names.h"
#include "lint/index/nearby.h"
#include "lint/model/workload.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

constexpr std::string_view kPodName = "statefulset.kubernetes.io/pod-name";
constexpr std::string_view kPodIndex = "apps.kubernetes.io/pod-index";

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What the controllers write on their pods: updateIdentity in stateful_set_utils.go,
// GetPodFromTemplate and the daemon, replica set and job controllers (v1.34).
std::vector<std::string_view> controller_labels(Kind kind) {
  switch (kind) {
    case Kind::kStatefulSet:
      return {kPodName, kPodIndex, "controller-revision-hash"};
    case Kind::kDaemonSet:
      return {"controller-revision-hash", "pod-template-generation"};
    case Kind::kDeployment:
      return {"pod-template-hash"};
    case Kind::kJob:
    case Kind::kCronJob:
      return {"job-name", "controller-uid", "batch.kubernetes.io/job-name",
              "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index"};
    default:
      return {};
  }
}

bool is_pod_identity(const Object& workload, std::string_view key) {
  return workload.kind == Kind::kStatefulSet && (key == kPodName || key == kPodIndex);
}

bool added_at_run_time(const Labels& labels, const std::string& key) {
  return labels.known.find(key) == labels.known.end() && is_set_at_run_time(key);
}

// Some key of the selector is one that the template cannot answer.
bool needs_narrowing(const Labels& selector, const Object& workload, const Labels& labels) {
  return std::any_of(selector.known.begin(), selector.known.end(), [&](const auto& pair) {
    return is_pod_identity(workload, pair.first) || added_at_run_time(labels, pair.first);
  });
}

struct Narrowed {
  Labels selector;  // what is left to compare with the template
  Match rest = Match::kYes;
  std::string refused;  // the key that makes rest kNo
};

// Takes out of a selector what the template cannot answer.
Narrowed narrow(const Labels& selector, const Object& workload, const Labels& labels) {
  Narrowed result;
  result.selector.open = selector.open;
  const auto note = [&](Match match, const std::string& key) {
    if (match == Match::kNo) {
      result.rest = Match::kNo;
      if (result.refused.empty()) result.refused = key;
    } else if (match == Match::kUnknown && result.rest == Match::kYes) {
      result.rest = Match::kUnknown;
    }
  };
  for (const auto& [key, value] : selector.known) {
    if (workload.kind == Kind::kStatefulSet && key == kPodName) {
      if (!value || workload.name.empty() || !workload.kustomizations.empty()) {
        note(Match::kUnknown, key);
      } else {
        note(kube::pod_ordinal(workload.name, *value) ? Match::kYes : Match::kNo, key);
      }
    } else if (workload.kind == Kind::kStatefulSet && key == kPodIndex) {
      note(!value ? Match::kUnknown : is_number(*value) ? Match::kYes : Match::kNo, key);
    } else if (added_at_run_time(labels, key)) {
      note(Match::kUnknown, key);
    } else {
      result.selector.known.emplace(key, value);
    }
  }
  return result;
}

// Those of many workloads that are written around an object.
std::vector<const Object*> around(const Object& object, std::vector<const Object*> all) {
  if (static_cast<std::ptrdiff_t>(all.size()) <= 2 * PodTable::kMostBeside) return all;
  std::vector<const Object*> result = nearby(all, object, PodTable::kMostBeside);
  std::sort(result.begin(), result.end(),
            [](const Object* a, const Object* b) { return a->ordinal < b->ordinal; });
  return result;
}

}  // namespace

bool is_set_at_run_time(std::string_view key) {
  constexpr std::array<std::string_view, 9> kDomains{"istio.io/",
                                                     "linkerd.io/",
                                                     "kuma.io/",
                                                     "consul.hashicorp.com/",
                                                     "cilium.io/",
                                                     "topology.kubernetes.io/",
                                                     "node.kubernetes.io/",
                                                     "vault.hashicorp.com/",
                                                     "kubevirt.io/"};
  const std::size_t slash = key.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view domain = key.substr(0, slash + 1);
    for (std::string_view known : kDomains) {
      if (ends_with(domain, known)) return true;
    }
    key.remove_prefix(slash + 1);
  }
  // Patroni, Redis and PostgreSQL operators, Vault: the pod labels itself once it leads.
  constexpr std::array<std::string_view, 10> kRoles{
      "role",      "leader",       "master",       "primary",
      "active",    "vault-active", "vault-sealed", "vault-initialized",
      "is-leader", "isleader"};
  return std::find(kRoles.begin(), kRoles.end(), key) != kRoles.end() || ends_with(key, "-role") ||
         ends_with(key, "Role") || starts_with(key, "vault-");
}

Labels pod_labels(const Object& workload, const Index& index, std::optional<Build> build) {
  Labels labels = index.template_labels(workload, build);
  for (std::string_view key : controller_labels(workload.kind)) {
    labels.known.insert_or_assign(std::string(key), std::nullopt);
  }
  return labels;
}

Match selects_pods(const Labels& selector, const Object& workload, const Index& index) {
  if (selector.empty()) return Match::kNo;
  return selects_pods(selector, workload, pod_labels(workload, index));
}

Match selects_pods(const Labels& selector, const Object& workload, const Labels& labels) {
  if (selector.empty()) return Match::kNo;
  if (!needs_narrowing(selector, workload, labels)) return selects(selector, labels);
  const Narrowed narrowed = narrow(selector, workload, labels);
  if (narrowed.rest == Match::kNo) return labels.open ? Match::kUnknown : Match::kNo;
  if (narrowed.selector.empty()) return narrowed.rest;
  const Match match = selects(narrowed.selector, labels);
  return match == Match::kYes ? narrowed.rest : match;
}

std::string mismatching_pod_key(const Labels& selector, const Object& workload,
                                const Index& index) {
  return mismatching_pod_key(selector, workload, pod_labels(workload, index));
}

std::string mismatching_pod_key(const Labels& selector, const Object& workload,
                                const Labels& labels) {
  const Narrowed narrowed = narrow(selector, workload, labels);
  std::string key = mismatching_key(narrowed.selector, labels);
  return key.empty() ? narrowed.refused : key;
}

PodTable::PodTable(const Index& index) {
  for (const Object& object : index.objects()) {
    if (!pod_template(object)) continue;
    all_.push_back(&object);
    by_folder_[object.file->folder].push_back(&object);
    const Labels& labels = labels_.emplace(&object, pod_labels(object, index)).first->second;
    if (labels.open) open_.push_back(&object);
    for (const auto& [key, value] : labels.known) {
      by_label_[key + "=" + value.value_or("")].push_back(&object);
    }
  }
}

std::vector<const Object*> PodTable::beside(const Object& object) const {
  constexpr std::ptrdiff_t kWindow = 32;
  const auto found = by_folder_.find(object.file->folder);
  if (found == by_folder_.end()) return {};
  return nearby(found->second, object, kWindow);
}

// All workloads that may have the rarest of these labels, in the index's order.
PodTable::Workloads PodTable::having(const Labels& pairs) const {
  const Workloads none;
  const Workloads* exact = &all_;
  const Workloads* unknown = &none;
  for (const auto& [key, value] : pairs.known) {
    if (!value || key == kPodName || key == kPodIndex || is_set_at_run_time(key)) continue;
    const auto with_value = by_label_.find(key + "=" + *value);
    const auto without = by_label_.find(key + "=");
    const Workloads* sure = with_value == by_label_.end() ? &none : &with_value->second;
    const Workloads* unsure =
        without == by_label_.end() || value->empty() ? &none : &without->second;
    if (exact == &all_ || sure->size() + unsure->size() < exact->size() + unknown->size()) {
      exact = sure;
      unknown = unsure;
    }
  }
  if (exact == &all_) return all_;
  Workloads result = *exact;
  result.insert(result.end(), unknown->begin(), unknown->end());
  result.insert(result.end(), open_.begin(), open_.end());
  std::sort(result.begin(), result.end(),
            [](const Object* a, const Object* b) { return a->ordinal < b->ordinal; });
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::vector<const Object*> PodTable::selected(const Object& service, const Index& index) const {
  const Labels selector = index.selector(service);
  if (selector.empty()) return {};
  Workloads result = around(service, having(selector));
  std::erase_if(result, [&](const Object* workload) {
    return index.same_namespace(service, *workload) == SameNamespace::kNo ||
           selects_pods(selector, *workload, labels(*workload)) == Match::kNo;
  });
  return result;
}

std::vector<const Object*> PodTable::selected_by(const Object& from, kube::Value label_selector,
                                                 const Labels& pairs, const Index& index) const {
  Workloads result = around(from, having(pairs));
  std::erase_if(result, [&](const Object* workload) {
    return index.same_namespace(from, *workload) == SameNamespace::kNo ||
           selects(label_selector, pairs, labels(*workload)) == Match::kNo;
  });
  return result;
}

ServicePods::ServicePods(const Index& index) {
  const auto& pods = index.derived<PodTable>();
  for (const Object* service : index.of_kind(Kind::kService)) {
    auto selected = pods.selected(*service, index);
    if (selected.empty()) continue;
    const Labels selector = index.selector(*service);
    std::vector<const Object*> sure;
    for (const Object* workload : selected) {
      if (selects_pods(selector, *workload, pods.labels(*workload)) == Match::kYes)
        sure.push_back(workload);
    }
    selected_.emplace(service, std::move(selected));
    sure_.emplace(service, std::move(sure));
  }
}

const std::vector<const Object*>& ServicePods::of(const Object& service) const {
  return look_up(selected_, service);
}

const std::vector<const Object*>& ServicePods::sure(const Object& service) const {
  return look_up(sure_, service);
}

const std::vector<const Object*>& ServicePods::look_up(const Table& table, const Object& service) {
  static const std::vector<const Object*> kNone;
  const auto found = table.find(&service);
  return found == table.end() ? kNone : found->second;
}

}  // namespace sts::lint
