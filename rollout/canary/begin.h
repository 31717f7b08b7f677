#pragma once

#include "rollout/canary/action.h"
#include "rollout/canary/observation.h"

#include <cstdint>
#include <string>

namespace sts::rollout::canary {

/// What is to be released, and how.
struct Release {
  std::string id;
  Plan plan;
  std::string pod_template;  // as JSON; empty to adopt the one that the set has already
};

/// T0: the one PATCH that puts the template there behind a parked partition, with the state. No pod
/// changes by it. An adopted template keeps its partition, since pods may be at it already. To be
/// called for an observation that the preconditions allow.
Patch begin(const Observation& observed, const Release& release, std::int64_t epoch);

}  // namespace sts::rollout::canary
