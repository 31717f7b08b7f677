#pragma once

#include "kube/resources/controller_revision.h"
#include "kube/resources/pod.h"
#include "kube/resources/stateful_set.h"
#include "kube/semantics/timestamp.h"
#include "kube/semantics/version.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sts::rollout::rehearsal {

/// What an API server would hold of one set: the set itself, its pods and its revisions, at one
/// moment of virtual time. A revision's `data` is the pod template that it restores. Plain data:
/// a copy of a World is a second cluster.
struct World {
  kube::Version version;
  kube::Time now;
  kube::StatefulSet set;
  std::vector<kube::ControllerRevision> revisions;
  std::vector<kube::Pod> pods;
  std::int64_t writes = 0;  // uids and resource versions are made from it

  kube::Pod* pod(std::string_view name);
  const kube::ControllerRevision* revision(std::string_view name) const;

  /// A resource version of its own for something that was written.
  std::string next_resource_version();
};

/// A set of `replicas` pods that has come to rest at its first revision: every pod runs, is Ready
/// and was made an hour ago. `set` gives the spec; its status is filled in.
World settled_world(kube::StatefulSet set, kube::Version version, kube::Time now);

/// The containers that a pod of this template has, before any kubelet has seen it.
std::vector<kube::Container> containers_of(const std::string& pod_template);

/// A spec was changed: what the API server does besides keeping it.
void touch_spec(World& world);

/// DELETE of a pod with its own grace period. One that was never scheduled or has ended goes at
/// once (pkg/registry/core/pod/strategy.go, CheckGracefulDelete, v1.37.1).
void delete_pod(World& world, std::string_view name);

}  // namespace sts::rollout::rehearsal
