#pragma once

#include "kube/api/client.h"
#include "rollout/status/snapshot.h"

namespace sts::rollout {

/// Which objects of each kind are asked for.
struct Queries {
  kube::ListOptions pods;
  kube::ListOptions claims;
  kube::ListOptions events;
  kube::ListOptions revisions;
};

/// Those of one set.
Queries queries_of(const kube::StatefulSet& set);
/// Those of all sets.
Queries queries_of_all();

/// Is an event about the set, one of its pods or one of its claims?
bool concerns(const kube::StatefulSet& set, const kube::Event& event);

}  // namespace sts::rollout
