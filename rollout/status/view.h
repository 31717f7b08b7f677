#pragma once

#include "rollout/status/snapshot.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout {

/// Nothing is called stuck before it has been so for this long: what starts looks the same.
inline constexpr std::chrono::seconds kPatience{30};

/// One place of the set, with or without its pod.
struct Member {
  std::int64_t ordinal = 0;
  std::string name;
  const kube::Pod* pod = nullptr;  // null: missing
  bool foreign = false;            // the pod has the name, but another owner
  bool condemned = false;          // out of range: to be deleted

  bool healthy() const { return pod != nullptr && !foreign && pod->healthy(); }
};

/// A snapshot in the controller's order, with the questions that blockers ask. Refers to the
/// snapshot.
class View {
 public:
  View(const Snapshot& snapshot, kube::Time now);

  const Snapshot& snapshot() const { return snapshot_; }
  const kube::StatefulSet& set() const { return snapshot_.set; }
  kube::Time now() const { return now_; }
  bool ordered() const { return set().pod_management == kube::PodManagement::kOrderedReady; }
  /// The status speaks of this spec.
  bool observed() const { return set().observed_generation >= set().meta.generation; }
  bool updating() const { return set().current_revision != set().update_revision; }

  /// In range, ascending; every ordinal is there.
  const std::vector<Member>& members() const { return members_; }
  /// Out of range, highest first: the order in which they are deleted.
  const std::vector<Member>& condemned() const { return condemned_; }
  /// The first in range that is not healthy: where an OrderedReady set stops (processReplica in
  /// stateful_set_control.go). Null where all are.
  const Member* first_unhealthy() const;

  /// Is the pod one that a rolling update would replace?
  bool outdated(const Member& member) const;
  /// The revision that the pod would get if it were created now (newVersionedStatefulSetPod in
  /// stateful_set_utils.go).
  const std::string& target_revision(const Member& member) const;
  /// maxUnavailable as this server honours it; 1 where it does not, or where that is unknown.
  std::int64_t max_unavailable() const;

  /// Null where it is not among those read.
  const kube::Claim* claim(std::string_view name) const;
  const kube::ClusterNode* node(std::string_view name) const;
  std::optional<std::int64_t> revision_number(std::string_view name) const;
  /// "web-7f8 (revision 3)", or the name alone.
  std::string revision_text(std::string_view name) const;
  /// The newest event of that reason about an object, within `within` from now; null for none.
  const kube::Event* event(std::string_view kind, std::string_view name, std::string_view reason,
                           std::chrono::seconds within) const;

  /// "12s"; "" where the moment is not known.
  std::string ago(const std::optional<kube::Time>& time) const;
  std::optional<std::chrono::seconds> since(const std::optional<kube::Time>& time) const;
  /// "kubectl delete pod web-3 -n shop": a command with the namespace.
  std::string kubectl(const std::string& arguments) const;

 private:
  const Snapshot& snapshot_;
  kube::Time now_;
  std::vector<Member> members_;
  std::vector<Member> condemned_;
};

/// Nodes that may be the reason for what pods show, to be read for the next look.
std::vector<std::string> suspicious_nodes(const Snapshot& snapshot, kube::Time now);
/// The lowest missing pod that nothing explains: a pod of that name that the selector does not find
/// may stand in its way. "" for none.
std::string unexplained_pod(const Snapshot& snapshot, kube::Time now);

}  // namespace sts::rollout
