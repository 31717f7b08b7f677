#pragma once

#include "kube/resources/controller_revision.h"
#include "kube/resources/event.h"
#include "kube/resources/pod.h"
#include "kube/resources/stateful_set.h"
#include "kube/semantics/timestamp.h"
#include "kube/semantics/version.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout::canary {

/// What one tick has read. The set is read first: what the others show is as new or newer.
struct Observation {
  kube::StatefulSet set;
  std::vector<kube::Pod> pods;  // those that the selector finds
  std::vector<kube::ControllerRevision> revisions;
  std::vector<kube::Event> events;  // warnings about the set itself
  /// The least of the PodDisruptionBudgets that select the pods; nothing where there is none.
  std::optional<std::int64_t> disruptions_allowed;
  /// Names of the nodes that are not Ready, where nodes may be read.
  std::vector<std::string> lost_nodes;
  kube::Version version;
  /// The server's clock, from the Date of its answers: this machine's may jump in a soak.
  kube::Time now;
};

/// The controller has acted on the spec that was read: updateRevision is the template's, and its
/// update phase has run with this partition. Pods may still be as they were.
bool is_observed(const kube::StatefulSet& set);

/// So many pods may be down at once in a rolling update of this server: 1 where its
/// MaxUnavailableStatefulSet is off (getStatefulSetMaxUnavailable in stateful_set_utils.go).
std::int64_t effective_max_unavailable(const kube::StatefulSet& set, const kube::Version& version);

bool has_revision(const Observation& observed, std::string_view name);

/// One place in the range of ordinals, by index: ordinals.start is index 0, and a partition is an
/// index, too.
struct Member {
  std::int64_t index = 0;
  std::string name;
  const kube::Pod* pod = nullptr;  // null: missing, or another owner's
  bool foreign = false;
};

/// The members of an observation, ascending. Refers to it.
class Members {
 public:
  explicit Members(const Observation& observed);

  const std::vector<Member>& all() const { return all_; }
  bool available(const Member& member) const;
  bool terminating(const Member& member) const {
    return member.pod != nullptr && member.pod->terminating();
  }
  bool at(const Member& member, std::string_view revision) const {
    return member.pod != nullptr && member.pod->revision() == revision;
  }
  /// The first that is missing, terminating, or not Available by our own clock; null for none.
  const Member* first_unavailable() const;
  /// Every pod is there, at this revision and Available.
  bool settled_at(std::string_view revision) const;

 private:
  const Observation& observed_;
  std::vector<Member> all_;
};

}  // namespace sts::rollout::canary
