#include "rollout/canary/interference.h"

#include "rollout/canary/returning.h"

#include <string>
#include <string_view>

namespace sts::rollout::canary {
namespace {

std::string was(std::string_view field, const std::string& then, const std::string& now) {
  return "spec." + std::string(field) + " was " + then + " and is " + now;
}

std::string text_of(const std::optional<kube::IntOrPercent>& count) {
  if (!count) return "unset";
  return std::to_string(count->value) + (count->percent ? "%" : "");
}

// What the plan was made for. None of it is put back: somebody meant it.
std::optional<Action> look_at_spec(const Turn& turn) {
  const kube::StatefulSet& set = turn.set;
  const State& state = turn.state;
  if (set.replicas == 0) {
    // 0 pods of 0 are updated: the controller takes the canary for the current revision
    // (completeRollingUpdate has no guard, kubernetes/kubernetes#121534).
    return turn.interfere(
        "the set is scaled to 0: the controller now counts the canary as its current revision, "
        "and all pods will come back at it");
  }
  if (set.replicas != state.replicas) {
    return turn.pause(
        was("replicas", std::to_string(state.replicas), std::to_string(set.replicas)));
  }
  if (set.strategy_name != state.strategy) {
    return turn.pause(was("updateStrategy.type", state.strategy, set.strategy_name));
  }
  if (set.max_unavailable != state.max_unavailable) {
    return turn.pause(was("updateStrategy.rollingUpdate.maxUnavailable",
                          text_of(state.max_unavailable), text_of(set.max_unavailable)));
  }
  if (set.min_ready_seconds != state.min_ready_seconds) {
    return turn.pause(was("minReadySeconds", std::to_string(state.min_ready_seconds),
                          std::to_string(set.min_ready_seconds)));
  }
  if (set.ordinals_start != state.start) {
    return turn.pause(
        was("ordinals.start", std::to_string(state.start), std::to_string(set.ordinals_start)));
  }
  if (set.partition != state.kept) {
    const std::string text = was("updateStrategy.rollingUpdate.partition",
                                 std::to_string(state.kept), std::to_string(set.partition));
    return turn.pause(text + (set.partition < state.kept
                                  ? ": somebody released more pods than the plan"
                                  : ": somebody holds the rollout"));
  }
  return std::nullopt;
}

// Only once the controller has named the revision of the template that was read.
std::optional<Action> look_at_revisions(const Turn& turn) {
  const kube::StatefulSet& set = turn.set;
  const State& state = turn.state;
  if (!has_revision(turn.observed, state.base)) {
    return turn.interfere("the ControllerRevision " + state.base +
                          " of the baseline is gone: there is no way back to it");
  }
  const bool edited = set.meta.generation != state.generation;
  if (state.can.empty() && edited) {
    return turn.interfere("the set was changed before the canary's revision was known");
  }
  if (!state.can.empty() && set.update_revision != state.can && set.update_revision != state.base) {
    return turn.interfere(
        edited ? "the template was changed to a third revision, " + set.update_revision +
                     ": the canary " + state.can + " is no longer what the set asks for"
               : "the controller made a new revision, " + set.update_revision +
                     ", of an unchanged template (a control plane that was upgraded does that)");
  }
  if (set.update_revision == state.base) {
    return begin_rollback(turn, "the template was set back to the baseline by somebody else");
  }
  if (set.current_revision != state.base && state.phase != Phase::kFinishing) {
    return turn.interfere("the set's current revision is " + set.current_revision +
                              ", no longer the baseline " + state.base,
                          /*park=*/false);
  }
  return std::nullopt;
}

std::optional<Action> look_at_pods(const Turn& turn) {
  const State& state = turn.state;
  const std::string can = state.can.empty() ? turn.set.update_revision : state.can;
  for (const Member& member : turn.members.all()) {
    if (member.foreign) {
      return turn.interfere("the pod " + member.name + " belongs to another owner");
    }
    if (member.pod == nullptr || member.pod->terminating()) continue;
    const std::string& revision = member.pod->revision();
    if (revision == state.base) continue;
    if (revision != can) {
      return turn.interfere(member.name + " is at the revision \"" + revision +
                            "\", neither the baseline's nor the canary's");
    }
    if (member.index < state.released) {
      return turn.interfere(member.name + " is at the canary's revision although the partition " +
                            std::to_string(state.released) + " keeps it at the baseline");
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Action> find_interference(const Turn& turn) {
  if (auto found = look_at_spec(turn)) return found;
  if (!is_observed(turn.set)) return std::nullopt;
  if (auto found = look_at_revisions(turn)) return found;
  return look_at_pods(turn);
}

}  // namespace sts::rollout::canary
