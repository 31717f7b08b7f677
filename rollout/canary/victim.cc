#include "rollout/canary/victim.h"

#include <algorithm>
#include <vector>

namespace sts::rollout::canary {
namespace {

class Chooser {
 public:
  Chooser(const Observation& observed, const State& state)
      : observed_(observed), state_(state), members_(observed) {}

  Choice choose(Healthy healthy) const {
    if (const Member* const moving = in_flight()) {
      return {nullptr, "waits for " + moving->name, false};
    }
    if (const Member* const third = third_revision()) {
      return {nullptr,
              third->name + " is not Available and at " + third->pod->revision() +
                  ", neither the canary's nor the baseline's revision: it is not ours to "
                  "delete",
              true};
    }
    for (const Member& member : members_.all()) {
      if (sick(member)) return take_sick(member);
    }
    if (healthy == Healthy::kLeave) return {nullptr, "the controller replaces the pods", false};
    return take_healthy();
  }

 private:
  bool ours(const Member& member) const { return members_.at(member, state_.can); }
  bool sick(const Member& member) const {
    return ours(member) && !member.pod->terminating() && !member.pod->healthy();
  }

  // It was given all the time that a pod of the plan has.
  bool is_late(const Member& member) const {
    return !member.pod->meta.created ||
           observed_.now - *member.pod->meta.created > state_.plan.pod_deadline;
  }

  // Never two at once: the pod deleted before has to be there again, and Available. A pod
  // that does not become so in its time is sick itself, and others do not wait for it.
  const Member* in_flight() const {
    for (const Member& member : members_.all()) {
      if (member.pod == nullptr || member.pod->terminating()) return &member;
      const bool starting = !ours(member) && !members_.available(member);
      if (starting && !is_late(member)) return &member;
    }
    return nullptr;
  }

  const Member* third_revision() const {
    for (const Member& member : members_.all()) {
      if (!ours(member) && !members_.at(member, state_.base) && !members_.available(member)) {
        return &member;
      }
    }
    return nullptr;
  }

  Choice take_sick(const Member& member) const {
    if (observed_.set.pod_management == kube::PodManagement::kOrderedReady) {
      for (const Member& lower : members_.all()) {
        if (lower.index >= member.index) break;
        if (members_.available(lower)) continue;
        return {nullptr,
                member.name + " would not be created again: " + lower.name +
                    ", below it, is not Available",
                true};
      }
    }
    return {member.pod, member.name + " is not Ready and at the canary's revision", false};
  }

  Choice take_healthy() const {
    const Member* victim = nullptr;
    for (const Member& member : members_.all()) {
      if (ours(member)) victim = &member;
    }
    if (victim == nullptr) {
      const Member* const late = members_.first_unavailable();
      if (late == nullptr) return {nullptr, "pods of a third revision remain", true};
      return {nullptr, late->name + ", at the baseline, is not Available", true};
    }
    for (const Member& member : members_.all()) {
      if (&member == victim || members_.available(member)) continue;
      // Ready and not Available yet is a matter of time.
      const bool starts = member.pod->healthy();
      return {nullptr, victim->name + " stays while " + member.name + " is not Available", !starts};
    }
    if (!state_.plan.ignore_budget && observed_.disruptions_allowed.value_or(1) < 1) {
      return {nullptr, "the PodDisruptionBudget allows no disruption now", false};
    }
    return {victim->pod, victim->pod->meta.name + " goes back to the baseline", false};
  }

  const Observation& observed_;
  const State& state_;
  const Members members_;
};

}  // namespace

Choice choose_victim(const Observation& observed, const State& state, Healthy healthy) {
  return Chooser(observed, state).choose(healthy);
}

}  // namespace sts::rollout::canary
