#pragma once

#include "rollout/canary/observation.h"
#include "rollout/canary/state.h"

#include <cstdint>
#include <string>

namespace sts::rollout::canary {

/// What is done with pods that are not at the baseline and not sick.
enum class Healthy : std::uint8_t {
  kTake,   // they go, too, after the sick ones
  kLeave,  // the controller replaces them
};

/// The pod to delete now, if any.
struct Choice {
  const kube::Pod* pod = nullptr;  // of the observation
  std::string why;
  bool stuck = false;  // no pod, and waiting helps no more
};

/// Which pod goes back to the baseline next (A5, A6). One at a time. The sick ones ascending: an
/// ordered set creates in ascending order and stops at the first pod that is not Ready, so that
/// what was deleted above it would stay away. The healthy ones descending, each only while every
/// other pod is Available and budgets allow it. Pods of other revisions than the canary's are
/// nobody's to delete.
Choice choose_victim(const Observation& observed, const State& state, Healthy healthy);

}  // namespace sts::rollout::canary
