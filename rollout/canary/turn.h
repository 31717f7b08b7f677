#pragma once

#include "rollout/canary/action.h"
#include "rollout/canary/decide.h"
#include "rollout/canary/observation.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sts::rollout::canary {

/// One decision's view of its input. Refers to it.
class Turn {
 public:
  explicit Turn(const Input& input)
      : in(input),
        observed(input.observed),
        set(input.observed.set),
        state(input.state),
        members(input.observed) {}

  const Input& in;
  const Observation& observed;
  const kube::StatefulSet& set;
  const State& state;
  const Members members;

  /// Pods that stay at the baseline, by the partition that we wrote last.
  std::int64_t kept() const { return std::min(state.kept, set.replicas); }

  /// The annotation and nothing else.
  Patch write(State next, std::string why) const;
  /// The partition, too; the state remembers it.
  Patch move(State next, std::int64_t partition, std::string why) const;
  /// The same, and the template of the baseline.
  Patch restore(State next, std::int64_t partition, std::string why) const;

  /// The canary stops here and waits for a human. The partition stays.
  Patch pause(const std::string& why) const;
  /// The same where going on is not a matter of time.
  Patch stick(const std::string& why) const;
  /// The spec is no longer ours: nobody further is updated, and we stop. With `park` false the
  /// partition stays, too.
  Patch interfere(const std::string& why, bool park = true) const;
  /// The canary has failed: parked, so that neither the controller nor a drain updates another pod.
  Patch fail(const std::string& why) const;

 private:
  State stopped(Phase phase, std::string why) const;
};

/// Is this a phase in which a driver goes on by itself?
bool is_active(Phase phase);
/// A phase between T0 and Complete: partitions go down.
bool is_lowering(Phase phase);

}  // namespace sts::rollout::canary
