#pragma once

#include "lint/index/index.h"
#include "lint/model/labels.h"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace sts::lint {

/// Labels of the pods that a workload makes: its template's, with kustomize's, and those that its
/// controller adds (their values unknown). Open where a patch writes them.
Labels pod_labels(const Object& workload, const Index& index);

/// Does a map selector (a Service's) select pods of this workload? Some of them is enough: a
/// selector on `statefulset.kubernetes.io/pod-name` picks one. A label that the template lacks and
/// that is known to be set on running pods (a mesh's, a leader's role) leaves it unknown.
Match selects_pods(const Labels& selector, const Object& workload, const Index& index);

/// The key of the selector that no pod of the workload can have; empty where there is none.
std::string mismatching_pod_key(const Labels& selector, const Object& workload, const Index& index);

/// Somebody other than the manifest's author sets this label on running pods.
bool is_set_at_run_time(std::string_view key);

/// All pod templates of the index by the labels of their pods (Index::derived).
class PodTable {
 public:
  explicit PodTable(const Index& index);

  /// Workloads whose pods a Service selects, or may select: in its namespace as far as that is
  /// known, in the index's order. Empty for a Service without selector.
  std::vector<const Object*> selected(const Object& service, const Index& index) const;

 private:
  using Workloads = std::vector<const Object*>;
  std::unordered_map<std::string, Workloads> by_label_;  // "key=value"; "key=" where unknown
  Workloads open_;                                       // they may have any label
  Workloads all_;
};

}  // namespace sts::lint
