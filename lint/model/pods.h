#pragma once

#include "lint/index/index.h"
#include "lint/model/labels.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sts::lint {

/// Labels of the pods that a workload makes: its template's, with kustomize's, and those that its
/// controller adds (their values unknown). In one build, or in all of them as far as they agree.
Labels pod_labels(const Object& workload, const Index& index, std::optional<Build> build = {});

/// Does a map selector (a Service's) select pods of this workload? Some of them is enough: a
/// selector on `statefulset.kubernetes.io/pod-name` picks one. A label that the template lacks and
/// that is known to be set on running pods (a mesh's, a leader's role) leaves it unknown.
Match selects_pods(const Labels& selector, const Object& workload, const Index& index);

/// The same with the workload's pod_labels() at hand.
Match selects_pods(const Labels& selector, const Object& workload, const Labels& labels);

/// The key of the selector that no pod of the workload can have; empty where there is none.
std::string mismatching_pod_key(const Labels& selector, const Object& workload, const Index& index);
/// The same with the workload's pod_labels() at hand.
std::string mismatching_pod_key(const Labels& selector, const Object& workload,
                                const Labels& labels);

/// Somebody other than the manifest's author sets this label on running pods.
bool is_set_at_run_time(std::string_view key);

/// All pod templates of the index by the labels of their pods (Index::derived).
class PodTable {
 public:
  explicit PodTable(const Index& index);

  /// Workloads whose pods a Service selects, or may select: in its namespace as far as that is
  /// known, in the index's order. Empty for a Service without selector. Where very many workloads
  /// have its labels, only the 2 * kMostBeside written around it are looked at.
  std::vector<const Object*> selected(const Object& service, const Index& index) const;
  static constexpr std::ptrdiff_t kMostBeside = 64;

  /// The same for a full LabelSelector with matchLabels `pairs` (kustomize's additions among them).
  std::vector<const Object*> selected_by(const Object& from, kube::Value label_selector,
                                         const Labels& pairs, const Index& index) const;

  /// pod_labels() of a workload of the index, made once.
  const Labels& labels(const Object& workload) const { return labels_.at(&workload); }

  /// Workloads of the same folder, nearest in the index's order first, at most 64: a folder may
  /// hold thousands.
  std::vector<const Object*> beside(const Object& object) const;

 private:
  using Workloads = std::vector<const Object*>;
  Workloads having(const Labels& pairs) const;

  std::unordered_map<const Object*, Labels> labels_;
  std::unordered_map<std::string, Workloads> by_label_;  // "key=value"; "key=" where unknown
  std::unordered_map<std::string, Workloads> by_folder_;
  Workloads open_;  // they may have any label
  Workloads all_;
};

/// What each Service selects, looked up once for all rules (Index::derived).
class ServicePods {
 public:
  explicit ServicePods(const Index& index);
  /// As PodTable::selected; empty for what is no Service of the index.
  const std::vector<const Object*>& of(const Object& service) const;
  /// Those of them that it surely selects.
  const std::vector<const Object*>& sure(const Object& service) const;

 private:
  using Table = std::unordered_map<const Object*, std::vector<const Object*>>;
  static const std::vector<const Object*>& look_up(const Table& table, const Object& service);

  Table selected_;
  Table sure_;
};

}  // namespace sts::lint
