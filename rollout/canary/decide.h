#pragma once

#include "rollout/canary/action.h"
#include "rollout/canary/observation.h"
#include "rollout/canary/state.h"

#include <cstdint>

namespace sts::rollout::canary {

/// All that one decision is made from.
struct Input {
  const Observation& observed;
  const State& state;      // as the observed set's annotation has it
  std::int64_t epoch = 0;  // of the driver that asks, from its Lease
  Request request = Request::kNone;
  GateVerdict gates = GateVerdict::kPass;
};

/// The one thing to do next. Refers to nothing of the input. Where a driver was killed after it had
/// done that thing, or before, asking again gives what is next then: what has been done is in the
/// observation.
Action decide(const Input& input);

}  // namespace sts::rollout::canary
