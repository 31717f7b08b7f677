#include "rollout/canary/returning.h"

#include "rollout/canary/victim.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace sts::rollout::canary {
namespace {

// Parallel replaces what is down and outdated by itself, to 1.34 and from 1.37.
constexpr std::chrono::seconds kControllersTurn{15};

State returning(const Turn& turn, Phase phase, std::string why) {
  State next = turn.state;
  next.phase = phase;
  next.began = turn.observed.now;
  next.soak_until.reset();
  next.reason = std::move(why);
  return next;
}

std::optional<std::string> no_way_to_abort(const Turn& turn) {
  if (!has_revision(turn.observed, turn.state.base)) {
    return "the ControllerRevision " + turn.state.base + " of the baseline is gone";
  }
  if (turn.set.current_revision != turn.state.base) {
    return "the set's current revision is " + turn.set.current_revision +
           ", so deleted pods would come back at it and not at the baseline " + turn.state.base;
  }
  return std::nullopt;
}

// Left to itself the controller may take several pods at once: where maxUnavailable says so, and
// with Parallel to 1.34, which deletes from the highest down without a look at those below. The
// parked partition bounds that, as long as a deleted pod comes back at the baseline under it.
bool goes_pod_by_pod(const Turn& turn) { return turn.set.current_revision == turn.state.base; }

// The lowest partition that no longer holds back an outdated pod, from the highest down.
std::optional<std::int64_t> next_partition(const Turn& turn) {
  const auto& all = turn.members.all();
  const auto last = std::find_if(all.rbegin(), all.rend(), [&](const Member& member) {
    return member.index < turn.set.partition && !turn.members.at(member, turn.state.base);
  });
  return last == all.rend() ? std::nullopt : std::optional(last->index);
}

Action act_on(const Turn& turn, const Choice& choice) {
  if (choice.pod != nullptr) {
    return Delete{choice.why, choice.pod->meta.name, choice.pod->meta.uid,
                  choice.pod->meta.resource_version};
  }
  if (choice.stuck) return turn.stick(choice.why);
  return Wait{choice.why, {}};
}

}  // namespace

bool can_abort(const Turn& turn) { return !no_way_to_abort(turn); }

Patch begin_abort(const Turn& turn) {
  if (auto why = no_way_to_abort(turn)) {
    why = "cannot abort: " + *why + "; kubectl sts canary rollback goes back to its template";
    if (is_active(turn.state.phase)) return turn.pause(*why);
    State next = turn.state;
    next.reason = *why;
    return turn.write(next, *why);
  }
  State next = returning(turn, Phase::kAborting, turn.state.reason);
  next.resume_to = Phase::kStepping;
  return turn.move(std::move(next), kPark, "parked; the pods go back to the baseline");
}

Action abort(const Turn& turn) {
  if (turn.set.partition != kPark) {
    return turn.interfere("the partition was " + std::to_string(kPark) + " and is " +
                              std::to_string(turn.set.partition) + " while pods are taken back",
                          /*park=*/false);
  }
  if (!is_observed(turn.set)) return Wait{"the controller has not seen the parked partition", {}};
  if (const auto why = no_way_to_abort(turn)) return turn.stick(*why);
  if (turn.members.settled_at(turn.state.base)) {
    State next = turn.state;
    next.phase = Phase::kAborted;
    next.released = kPark;
    return turn.write(next, "all pods are back at the baseline " + turn.state.base);
  }
  return act_on(turn, choose_victim(turn.observed, turn.state, Healthy::kTake));
}

Patch begin_rollback(const Turn& turn, std::string why) {
  State next = returning(turn, Phase::kRollingBack, turn.state.reason);
  if (!has_revision(turn.observed, turn.state.base)) {
    return turn.stick("cannot roll back: the ControllerRevision " + turn.state.base +
                      " of the baseline is gone");
  }
  // Not the original partition: pods below it that the canary has updated would stay there.
  return turn.restore(std::move(next), goes_pod_by_pod(turn) ? kPark : 0, std::move(why));
}

Action roll_back(const Turn& turn) {
  const kube::StatefulSet& set = turn.set;
  const State& state = turn.state;
  if (!is_observed(set)) return Wait{"the controller has not seen the baseline's template", {}};
  if (set.update_revision != state.base) {
    return turn.interfere("the template is that of " + set.update_revision +
                          " and not of the baseline " + state.base);
  }
  if (turn.members.settled_at(state.base) && set.current_revision == state.base) {
    Patch last;
    last.why = "all pods are back at the baseline " + state.base;
    last.partition = state.original_partition.value_or(0);
    last.ends = Phase::kRolledBack;
    return last;
  }
  if (set.replicas == 0) return Wait{"the set has no pods", {}};
  const bool sick = turn.members.first_unavailable() != nullptr;
  const bool controllers = set.partition < set.replicas;
  if (sick && controllers && turn.observed.now < state.began + kControllersTurn) {
    return Wait{"the controller may replace the broken pods by itself",
                state.began + kControllersTurn};
  }
  const Choice choice = choose_victim(turn.observed, state, Healthy::kLeave);
  if (choice.pod != nullptr || choice.stuck) return act_on(turn, choice);
  if (const auto partition = next_partition(turn); partition && !sick) {
    return turn.move(state, *partition,
                     "partition " + std::to_string(*partition) + " releases " +
                         set.pod_name(set.ordinals_start + *partition));
  }
  return Wait{choice.why, {}};
}

}  // namespace sts::rollout::canary
