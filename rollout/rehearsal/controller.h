#pragma once

#include "rollout/rehearsal/world.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sts::rollout::rehearsal {

/// How a rolling update picks the pods to delete. It changed with the feature gate
/// MaxUnavailableStatefulSet, which is on in 1.35.0 to 1.35.3 and from 1.37.
enum class UpdatePhase : std::uint8_t {
  kOneByOne,           // to 1.34, and 1.35.4 to 1.36: highest first, waiting for each
  kBudget,             // 1.35.0 to 1.35.3: maxUnavailable counts over all pods
  kBudgetSparingSick,  // from 1.37: the same, but with Parallel what is down already goes first
};
UpdatePhase update_phase(const kube::Version& version);

/// What one sync did to the pods.
struct PodStep {
  enum class What : std::uint8_t { kCreated, kDeleted };
  What what = What::kCreated;
  std::string pod;
  std::string revision;
  friend bool operator==(const PodStep&, const PodStep&) = default;
};

/// One sync of the StatefulSet controller: revisions, pods, status and history. A model of
/// pkg/controller/statefulset/stateful_set_control.go, read at v1.33.13, v1.35.1 and v1.37.1, and
/// held against the real one by e2e/. Claims and their retention are left out; Recreate is not
/// modelled and does nothing.
std::vector<PodStep> sync(World& world);

}  // namespace sts::rollout::rehearsal
