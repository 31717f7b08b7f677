#pragma once

#include "kube/resources/claim.h"
#include "kube/resources/controller_revision.h"
#include "kube/resources/event.h"
#include "kube/resources/node.h"
#include "kube/resources/pod.h"
#include "kube/resources/stateful_set.h"
#include "kube/semantics/version.h"

#include <optional>
#include <string>
#include <vector>

namespace sts::rollout {

/// Objects that the user may not be allowed to read: what is not known counts for nothing.
template <typename T>
struct Part {
  std::vector<T> items;
  std::string unreadable;  // why; "" where it was read
};

/// One set and what belongs to it, read at about the same time.
struct Snapshot {
  kube::StatefulSet set;
  /// Those that the set's selector finds, and a pod of another owner that stands in the way.
  std::vector<kube::Pod> pods;
  Part<kube::Claim> claims;
  Part<kube::Event> events;  // warnings of the set, its pods and its claims
  Part<kube::ControllerRevision> revisions;
  std::vector<kube::ClusterNode> nodes;  // those of suspicious_nodes() that could be read
  std::optional<kube::Version> version;
};

}  // namespace sts::rollout
