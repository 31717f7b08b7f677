#pragma once

#include "rollout/canary/observation.h"
#include "rollout/canary/state.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sts::rollout::canary {

/// Whose fault it is that a pod does not come up or does not stay up.
enum class FailureClass : std::uint8_t {
  kRevision,        // the new revision's: the canary has failed
  kInfrastructure,  // a node's, a volume's, a quota's: pause, never roll back by ourselves
  kDeadline,        // nobody knows, and the time is over: counts as the revision's
  kStuck,           // a pod that does not go: a human has to look, and nothing is forced
};

struct Failure {
  FailureClass whose = FailureClass::kRevision;
  std::string pod;
  std::string what;  // "container app of web-3 is in CrashLoopBackOff"
};

/// The first thing that speaks against the canary, the revision's faults before those of others.
/// `soaking`: the pods were all Available once, and restarts and lost readiness count.
std::optional<Failure> find_failure(const Observation& observed, const State& state, bool soaking);

}  // namespace sts::rollout::canary
