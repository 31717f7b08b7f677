#include "rollout/canary/decide.h"

#include "rollout/canary/interference.h"
#include "rollout/canary/lowering.h"
#include "rollout/canary/returning.h"
#include "rollout/canary/turn.h"

#include <string>
#include <utility>

namespace sts::rollout::canary {
namespace {

Done done(const Turn& turn) {
  return {turn.state.phase, exit_code(turn.state.phase), turn.state.reason};
}

// What is no longer ours to touch: nothing is written, not even that.
std::optional<Done> no_longer_ours(const Turn& turn) {
  if (turn.set.meta.uid != turn.state.uid) {
    return Done{Phase::kInterfered, exit_code(Phase::kInterfered),
                "the set was deleted and made anew: its canary has ended"};
  }
  if (turn.set.meta.deletion) {
    return Done{Phase::kInterfered, exit_code(Phase::kInterfered), "the set is being deleted"};
  }
  if (turn.state.epoch > turn.in.epoch) {
    return Done{turn.state.phase, kLockedExitCode, "another driver has taken over"};
  }
  return std::nullopt;
}

// A request that has nothing to do; it is taken away so that it does not come up later.
Patch acknowledge(const Turn& turn, const std::string& why) {
  State next = turn.state;
  return turn.write(std::move(next), why);
}

Patch obey_active(const Turn& turn) {
  const std::string word(to_string(turn.in.request));
  const bool lowers = is_lowering(turn.state.phase);
  switch (turn.in.request) {
    case Request::kAbort:
      if (turn.state.phase != Phase::kAborting) return begin_abort(turn);
      break;
    case Request::kRollback:
      if (turn.state.phase != Phase::kRollingBack) return begin_rollback(turn, "rolls back");
      break;
    case Request::kPause:
      return turn.pause("paused on request");
    case Request::kPromote:
      if (lowers && turn.state.phase != Phase::kArmed) return promote(turn);
      break;
    case Request::kPromoteFull:
      if (lowers && turn.state.phase != Phase::kArmed) return promote_full(turn);
      break;
    case Request::kResume:
    case Request::kNone:
      break;
  }
  return acknowledge(
      turn, word + ": there is nothing to do in phase " + std::string(to_string(turn.state.phase)));
}

// Paused, Failed, Interfered, Aborted, Stuck.
Patch obey_resting(const Turn& turn) {
  const Phase phase = turn.state.phase;
  switch (turn.in.request) {
    case Request::kAbort:
      if (phase != Phase::kAborted) return begin_abort(turn);
      break;
    case Request::kRollback:
      return begin_rollback(turn, "rolls back");
    case Request::kResume:
      if (phase != Phase::kInterfered) return resume(turn);
      break;
    case Request::kPromote:
    case Request::kPromoteFull:
      if (phase == Phase::kPaused && is_lowering(turn.state.resume_to) && !turn.state.can.empty()) {
        return promote_paused(turn);
      }
      break;
    case Request::kPause:
    case Request::kNone:
      break;
  }
  return acknowledge(turn, std::string(to_string(turn.in.request)) +
                               ": there is nothing to do in phase " +
                               std::string(to_string(phase)));
}

Action go_on(const Turn& turn) {
  if (turn.state.phase == Phase::kAborting) return abort(turn);
  if (turn.state.phase == Phase::kRollingBack) return roll_back(turn);
  if (auto found = find_interference(turn)) return *found;
  return lower(turn);
}

Action choose(const Turn& turn) {
  if (turn.in.request != Request::kNone) {
    Patch patch = is_active(turn.state.phase) ? obey_active(turn) : obey_resting(turn);
    patch.obeys = true;
    return patch;
  }
  if (is_active(turn.state.phase)) return go_on(turn);
  // Only what the plan says may follow a failure unasked.
  if (turn.state.phase == Phase::kFailed) {
    if (turn.state.plan.on_failure == OnFailure::kAbort && can_abort(turn)) {
      return begin_abort(turn);
    }
    if (turn.state.plan.on_failure == OnFailure::kRollback) {
      return begin_rollback(turn, "rolls back, as the plan says");
    }
  }
  return done(turn);
}

}  // namespace

Action decide(const Input& input) {
  const Turn turn(input);
  if (auto over = no_longer_ours(turn)) return *over;
  Action action = choose(turn);
  // A pod is deleted only by the driver whose epoch the set bears: one that was paused for long
  // finds a higher one there and stops.
  if (std::holds_alternative<Delete>(action) && turn.state.epoch != input.epoch) {
    Patch fence = turn.write(turn.state, "takes over");
    fence.fences = true;
    return fence;
  }
  return action;
}

}  // namespace sts::rollout::canary
