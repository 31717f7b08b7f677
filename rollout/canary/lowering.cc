#include "rollout/canary/lowering.h"

#include "rollout/canary/failure.h"

#include <string>
#include <utility>

namespace sts::rollout::canary {
namespace {

class Lowering {
 public:
  Lowering(const Turn& turn, std::vector<Stage> plan)
      : turn_(turn),
        state_(turn.state),
        stages_(std::move(plan)),
        stage_(stages_[std::min(state_.stage, stages_.size() - 1)]) {}

  Action run() {
    if (!is_observed(turn_.set)) return Wait{"the controller has not seen the last change", {}};
    if (state_.phase == Phase::kArmed) return arm();
    if (auto failed = look_for_failure()) return *failed;
    switch (state_.phase) {
      case Phase::kSoaking:
      case Phase::kHolding:
        return soak();
      case Phase::kFinishing:
        return finish();
      default:
        return step();
    }
  }

 private:
  bool last() const { return state_.stage + 1 >= stages_.size(); }

  // T0's end: parked, and the controller has named the canary's revision.
  Action arm() const {
    State next = state_;
    next.phase = Phase::kStepping;
    next.can = turn_.set.update_revision;
    next.began = turn_.observed.now;
    return turn_.write(next, "the canary is " + next.can + ", the baseline " + next.base);
  }

  std::optional<Action> look_for_failure() const {
    const auto failure = find_failure(turn_.observed, state_, state_.soak_until.has_value());
    if (!failure) return std::nullopt;
    switch (failure->whose) {
      case FailureClass::kInfrastructure:
        return turn_.pause(failure->what);
      case FailureClass::kStuck:
        return turn_.stick(failure->what);
      case FailureClass::kRevision:
      case FailureClass::kDeadline:
        break;
    }
    return turn_.fail(failure->what);
  }

  // Why not all pods are as this partition wants them; nothing where they are. It is asked of all
  // members, since one that is down below the partition is one that a quorum misses.
  std::optional<std::string> unverified() const {
    for (const Member& member : turn_.members.all()) {
      if (member.pod == nullptr) return member.name + " is to be created";
      if (member.pod->terminating()) return member.name + " is terminating";
      if (member.index >= turn_.kept() && !turn_.members.at(member, state_.can)) {
        return member.name + " is to be replaced";
      }
      if (!turn_.members.available(member)) return member.name + " is not Available yet";
    }
    return std::nullopt;
  }

  // The next time at which a pod may turn Available, or its deadline passes, with no event.
  std::optional<kube::Time> next_look() const {
    std::optional<kube::Time> soonest;
    const auto consider = [&](kube::Time when) {
      if (when > turn_.observed.now && (!soonest || when < *soonest)) soonest = when;
    };
    for (const Member& member : turn_.members.all()) {
      if (member.pod == nullptr || turn_.members.available(member)) continue;
      const kube::Condition* const ready = kube::find_condition(member.pod->conditions, "Ready");
      if (ready != nullptr && ready->status == "True" && ready->changed) {
        consider(*ready->changed + std::chrono::seconds(turn_.set.min_ready_seconds));
      }
      if (!member.pod->meta.created) continue;
      consider(std::max(*member.pod->meta.created, state_.began) + state_.plan.pod_deadline +
               std::chrono::seconds(1));
    }
    return soonest;
  }

  Action step() const {
    if (auto why = unverified()) return Wait{std::move(*why), next_look()};
    const std::int64_t target = turn_.set.replicas - stage_.updated;
    if (turn_.kept() > target) return lower_to(target);
    if (turn_.kept() == 0) {
      State next = state_;
      next.phase = Phase::kFinishing;
      return turn_.write(next, "all pods are at " + state_.can);
    }
    return begin_soak(stage_.holds ? Phase::kHolding : Phase::kSoaking);
  }

  Action lower_to(std::int64_t target) const {
    if (!state_.plan.ignore_budget && turn_.observed.disruptions_allowed.value_or(1) < 1) {
      return Wait{"the PodDisruptionBudget allows no disruption now", {}};
    }
    // More pods at once than the partition keeps would be the controller's to choose from.
    const bool by_pod = state_.plan.pace == Pace::kPod ||
                        effective_max_unavailable(turn_.set, turn_.observed.version) > 1;
    const std::int64_t partition = by_pod ? turn_.kept() - 1 : target;
    State next = state_;
    next.phase = partition == 0 ? Phase::kFinishing : Phase::kStepping;
    return turn_.move(std::move(next), partition,
                      "partition " + std::to_string(partition) + " releases " +
                          turn_.set.pod_name(turn_.set.ordinals_start + partition));
  }

  Action begin_soak(Phase phase) const {
    State next = state_;
    next.phase = phase;
    next.soak_until = turn_.observed.now + state_.plan.soak;
    return turn_.write(next, "soaks until " + kube::to_string(*next.soak_until));
  }

  // What a drain or an eviction replaced starts the soak anew.
  std::optional<std::string> unsettled() const {
    if (auto why = unverified()) return why;
    const kube::Time since = *state_.soak_until - state_.plan.soak;
    for (const Member& member : turn_.members.all()) {
      if (member.pod->meta.created && *member.pod->meta.created > since) {
        return member.name + " is another pod than when the soak began";
      }
    }
    return std::nullopt;
  }

  // Nothing where the gates have passed.
  std::optional<Action> ask_gates() const {
    switch (turn_.in.gates) {
      case GateVerdict::kNone:
        return RunGates{};
      case GateVerdict::kFail:
        return turn_.fail("a gate has failed");
      case GateVerdict::kInconclusive:
        return turn_.pause("a gate is inconclusive");
      case GateVerdict::kError:
        return turn_.pause("a gate could not be asked");
      case GateVerdict::kPass:
        break;
    }
    return std::nullopt;
  }

  // Nothing where it is through.
  std::optional<Action> soaking() const {
    if (auto why = unsettled()) {
      State next = state_;
      next.phase = turn_.kept() == 0 ? Phase::kFinishing : Phase::kStepping;
      next.soak_until.reset();
      return turn_.write(next, "the soak begins anew: " + *why);
    }
    if (auto gates = ask_gates()) return gates;
    if (turn_.observed.now < *state_.soak_until) return Wait{"soaks", state_.soak_until};
    return std::nullopt;
  }

  Action soak() const {
    if (!state_.soak_until) return begin_soak(state_.phase);
    if (auto action = soaking()) return *action;
    State next = state_;
    next.soak_until.reset();
    next.stage = std::min(state_.stage + 1, stages_.size() - 1);
    next.phase = Phase::kStepping;
    if (!stage_.pauses) return turn_.write(next, "the step has passed");
    next.resume_to = Phase::kStepping;
    next.phase = Phase::kPaused;
    next.reason = "the plan pauses after " + std::to_string(stage_.updated) + " updated pods";
    return turn_.write(next, next.reason);
  }

  Action finish() const {
    if (state_.soak_until) {
      if (auto action = soaking()) return *action;
    } else {
      if (auto why = unverified()) return Wait{std::move(*why), next_look()};
      if (stage_.soaks && state_.plan.soak.count() > 0) return begin_soak(Phase::kFinishing);
      if (auto gates = ask_gates()) return *gates;
    }
    if (turn_.set.current_revision != state_.can) {
      return Wait{"the controller has not made " + state_.can + " the current revision yet", {}};
    }
    Patch last;
    last.why = "all pods are at " + state_.can;
    last.partition = state_.original_partition.value_or(0);
    last.ends = Phase::kComplete;
    return last;
  }

  const Turn& turn_;
  const State& state_;
  const std::vector<Stage> stages_;
  const Stage stage_;
};

Patch refuse(const Turn& turn, std::string why) {
  State next = turn.state;
  next.reason = why;
  return turn.write(std::move(next), std::move(why));
}

// The first stage that is not less than what is updated already: it is verified and soaks anew, so
// that no step counts as passed for a set that was another one.
std::size_t stage_for(const std::vector<Stage>& plan, std::int64_t updated) {
  std::size_t stage = 0;
  while (stage + 1 < plan.size() && plan[stage].updated < updated) ++stage;
  return stage;
}

}  // namespace

Action lower(const Turn& turn) {
  auto plan = stages(turn.state.plan, turn.set.replicas);
  if (!plan) return turn.pause(plan.error().message);
  return Lowering(turn, std::move(*plan)).run();
}

Patch promote(const Turn& turn) {
  State next = turn.state;
  const auto plan = stages(turn.state.plan, turn.set.replicas);
  if (plan && next.stage + 1 < plan->size()) ++next.stage;
  next.phase = turn.kept() == 0 ? Phase::kFinishing : Phase::kStepping;
  next.soak_until.reset();
  next.reason.clear();
  if (turn.kept() == 0) next.plan.soak = std::chrono::seconds(0);
  return turn.write(next, "promoted to the next step");
}

Patch promote_full(const Turn& turn) {
  State next = turn.state;
  const auto plan = stages(turn.state.plan, turn.set.replicas);
  if (plan) next.stage = plan->size() - 1;
  next.phase = turn.kept() == 0 ? Phase::kFinishing : Phase::kStepping;
  next.plan.soak = std::chrono::seconds(0);
  next.soak_until.reset();
  next.reason.clear();
  return turn.write(next, "promoted to all pods");
}

Patch resume(const Turn& turn) {
  const State& state = turn.state;
  const kube::StatefulSet& set = turn.set;
  if (set.strategy != kube::UpdateStrategy::kRollingUpdate) {
    return refuse(turn, "updateStrategy.type is " + set.strategy_name + ", not RollingUpdate");
  }
  const auto plan = stages(state.plan, set.replicas);
  if (!plan) return refuse(turn, plan.error().message);
  State next = state;
  const bool returning =
      state.resume_to == Phase::kAborting || state.resume_to == Phase::kRollingBack;
  const bool drifted = set.replicas != state.replicas || set.partition != state.kept;
  next.replicas = set.replicas;
  next.start = set.ordinals_start;
  next.min_ready_seconds = set.min_ready_seconds;
  next.max_unavailable = set.max_unavailable;
  next.strategy = set.strategy_name;
  next.began = turn.observed.now;
  next.soak_until.reset();
  next.reason.clear();
  next.kept = set.partition;
  next.released = std::min(state.released, set.partition);
  next.generation = set.meta.generation;
  if (state.phase == Phase::kAborted) next.stage = 0;
  if (drifted) next.stage = stage_for(*plan, set.replicas - std::min(next.kept, set.replicas));
  next.phase = returning                                ? state.resume_to
               : state.can.empty()                      ? Phase::kArmed
               : std::min(next.kept, set.replicas) == 0 ? Phase::kFinishing
                                                        : Phase::kStepping;
  return turn.write(next, "resumed");
}

Patch promote_paused(const Turn& turn) {
  Patch patch = resume(turn);
  const bool refused = patch.state->phase == turn.state.phase;
  // At a pause point of the plan the stage has passed and counts already.
  const bool soaked = turn.state.resume_to == Phase::kStepping;
  if (refused || (turn.in.request == Request::kPromote && soaked)) return patch;
  const Input resumed{turn.observed, *patch.state, turn.in.epoch, turn.in.request, turn.in.gates};
  const Turn again(resumed);
  return turn.in.request == Request::kPromote ? promote(again) : promote_full(again);
}

}  // namespace sts::rollout::canary
