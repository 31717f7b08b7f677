#include "rollout/canary/turn.h"

#include <utility>

namespace sts::rollout::canary {

Patch Turn::write(State next, std::string why) const {
  next.epoch = in.epoch;
  Patch patch;
  patch.why = std::move(why);
  patch.state = std::move(next);
  return patch;
}

// metadata.generation grows by one for every write that changes the spec, and only then
// (pkg/registry/apps/statefulset/strategy.go, PrepareForUpdate, v1.37.1). The resource version in
// the patch makes the prediction exact.
Patch Turn::move(State next, std::int64_t partition, std::string why) const {
  next.kept = partition;
  next.released = std::min(next.released, partition);
  next.generation = set.meta.generation + (partition == set.partition ? 0 : 1);
  Patch patch = write(std::move(next), std::move(why));
  patch.partition = partition;
  return patch;
}

Patch Turn::restore(State next, std::int64_t partition, std::string why) const {
  Patch patch = move(std::move(next), partition, std::move(why));
  if (!is_observed(set) || set.update_revision != state.base) {
    patch.restore = state.base;
    patch.state->generation = set.meta.generation + 1;
  }
  return patch;
}

State Turn::stopped(Phase phase, std::string why) const {
  State next = state;
  next.resume_to = state.phase;
  next.phase = phase;
  next.soak_until.reset();
  next.reason = std::move(why);
  return next;
}

Patch Turn::pause(const std::string& why) const { return write(stopped(Phase::kPaused, why), why); }

Patch Turn::stick(const std::string& why) const { return write(stopped(Phase::kStuck, why), why); }

Patch Turn::interfere(const std::string& why, bool park) const {
  State next = stopped(Phase::kInterfered, why);
  return park ? move(std::move(next), kPark, why) : write(std::move(next), why);
}

Patch Turn::fail(const std::string& why) const {
  return move(stopped(Phase::kFailed, why), kPark, why);
}

bool is_lowering(Phase phase) {
  switch (phase) {
    case Phase::kArmed:
    case Phase::kStepping:
    case Phase::kSoaking:
    case Phase::kHolding:
    case Phase::kFinishing:
      return true;
    default:
      return false;
  }
}

bool is_active(Phase phase) {
  return is_lowering(phase) || phase == Phase::kAborting || phase == Phase::kRollingBack;
}

}  // namespace sts::rollout::canary
