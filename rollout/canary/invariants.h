#pragma once

#include "rollout/canary/testing.h"
#include "rollout/canary/turn.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What must never happen, checked at every write of a driver: the specification's I1 to I16, as
// far as the model can show them.
namespace sts::rollout::canary {

/// A write that the server has taken.
struct Write {
  const rehearsal::World& before;
  const rehearsal::Request& request;
  const rehearsal::Server& server;
  const std::optional<State>& was;  // the state before it
  bool patches() const { return request.verb == rehearsal::Request::Verb::kPatch; }
  const std::optional<State>& is() const { return request.patch.state; }
  const rehearsal::World& after() const { return server.world; }
};

inline Observation seen(const rehearsal::World& world) {
  Observation observed;
  observed.set = world.set;
  observed.pods = world.pods;
  observed.revisions = world.revisions;
  observed.version = world.version;
  observed.now = world.now;
  return observed;
}

// The partition goes down by what the plan releases next, and with all pods up.
inline std::string i1_lowers_a_step_with_all_pods_up(const Write& write) {
  const Patch& patch = write.request.patch;
  if (!write.patches() || !patch.partition || !patch.state || !write.was) return "";
  if (!is_lowering(patch.state->phase)) return "";
  const std::int64_t replicas = write.before.set.replicas;
  const std::int64_t from = std::min(write.before.set.partition, replicas);
  if (*patch.partition >= from) return "";
  const Observation observed = seen(write.before);
  if (const Member* const down = Members(observed).first_unavailable()) {
    return "lowered while " + down->name + " was down";
  }
  const auto plan = stages(patch.state->plan, replicas);
  const std::int64_t target =
      plan ? replicas - (*plan)[std::min(write.was->stage, plan->size() - 1)].updated : -1;
  const std::int64_t least =
      patch.state->plan.pace == Pace::kPod ? std::max(from - 1, target) : target;
  if (*patch.partition < least) return "lowered below " + std::to_string(least);
  return "";
}

inline std::string i2_has_preconditions(const Write& write) {
  if (write.request.uid.empty() || write.request.resource_version.empty()) {
    return "written without preconditions";
  }
  return "";
}

inline std::string i3_is_written_by_the_holder(const Write& write) {
  if (write.request.who == "start") return "";
  if (!write.server.lease || write.server.lease->holder != write.request.who) {
    return "written without the Lease";
  }
  const std::int64_t epoch = write.server.lease->transitions + 1;
  const auto& state = write.patches() ? write.is() : write.was;
  if (state && state->epoch != epoch) return "written with another epoch";
  return "";
}

inline std::string i4_deletes_one_pod_of_the_canary(const Write& write) {
  if (write.patches()) return "";
  const auto pod =
      std::find_if(write.before.pods.begin(), write.before.pods.end(),
                   [&](const auto& p) { return p.meta.name == write.request.pod.pod; });
  if (pod->revision() != write.was->can) return "deleted a pod at " + pod->revision();
  if (pod->meta.controller()->uid != write.before.set.meta.uid) return "deleted another's pod";
  const Observation observed = seen(write.before);
  const Members members(observed);
  for (const Member& member : members.all()) {
    if (member.pod == nullptr || member.pod->terminating()) {
      return "deleted while " + member.name + " was on its way";
    }
  }
  return "";
}

inline std::string i5_deletes_after_the_controller_has_seen_it(const Write& write) {
  if (write.patches() || is_observed(write.before.set)) return "";
  return "deleted before the controller had seen the spec";
}

inline std::string i6_touches_nothing_else(const Write& write) {
  const kube::StatefulSet& before = write.before.set;
  const kube::StatefulSet& after = write.after().set;
  if (before.replicas != after.replicas || before.max_unavailable != after.max_unavailable ||
      before.min_ready_seconds != after.min_ready_seconds ||
      write.before.revisions.size() != write.after().revisions.size()) {
    return "wrote what is not its own";
  }
  return "";
}

inline std::string i7_is_parked_where_it_failed(const Write& write) {
  if (!write.patches() || !write.is()) return "";
  const Phase phase = write.is()->phase;
  if ((phase == Phase::kFailed || phase == Phase::kAborting) &&
      write.after().set.partition != kPark) {
    return "not parked in " + std::string(to_string(phase));
  }
  return "";
}

inline std::string i8_keeps_the_baselines_revision(const Write& write) {
  if (!write.was || write.after().revision(write.was->base) != nullptr) return "";
  return "the baseline's revision is gone";
}

inline std::string i9_keeps_the_baseline_current(const Write& write) {
  if (!write.patches() || !write.is() || !is_lowering(write.is()->phase)) return "";
  if (write.is()->phase == Phase::kFinishing) return "";
  if (write.after().set.current_revision == write.is()->base) return "";
  return "the baseline is no longer current in " + std::string(to_string(write.is()->phase));
}

inline std::string i12_ends_with_every_pod_at_the_canary(const Write& write) {
  if (!write.patches() || write.is() || write.request.patch.ends != Phase::kComplete) return "";
  const Observation observed = seen(write.before);
  if (Members(observed).settled_at(write.was->can)) return "";
  return "complete without all pods";
}

inline std::string i12_ends_with_every_pod_at_the_baseline(const Write& write) {
  const bool rolled = write.patches() && !write.is() && write.was;
  const bool back = (rolled && write.request.patch.ends == Phase::kRolledBack) ||
                    (write.is() && write.is()->phase == Phase::kAborted && write.was &&
                     write.was->phase == Phase::kAborting);
  const Observation observed = seen(write.before);
  if (!back || Members(observed).settled_at(write.was->base)) return "";
  return "back at the baseline without all pods";
}

inline std::string i13_rests_unless_asked(const Write& write) {
  if (!write.was || is_active(write.was->phase) || write.request.patch.obeys) return "";
  if (write.was->phase == Phase::kFailed && write.was->plan.on_failure != OnFailure::kPause) {
    return "";
  }
  return "wrote in " + std::string(to_string(write.was->phase)) + " unasked";
}

inline std::string i16_parks_with_the_template(const Write& write) {
  if (write.request.patch.pod_template.empty() || write.after().set.partition == kPark) return "";
  return "a template without the partition";
}

/// All of them at every write, and those that need memory.
class Audit {
 public:
  explicit Audit(Play& play) : play_(play) {
    play.server.audit = [this](const rehearsal::World& before, const rehearsal::Request& request) {
      look({before, request, play_.server, state_});
      if (request.verb == rehearsal::Request::Verb::kPatch) state_ = request.patch.state;
    };
  }

  /// Every second: no pod below what we released is at the canary.
  void look_at_pods() {
    if (!state_ || foreign || state_->can.empty()) return;
    const kube::StatefulSet& set = play_.set();
    for (const kube::Pod& pod : play_.world().pods) {
      const auto dash = pod.meta.name.rfind('-');
      const std::int64_t index = std::stoll(pod.meta.name.substr(dash + 1)) - set.ordinals_start;
      if (index < lowest_ && pod.revision() == state_->can) {
        say("I7: " + pod.meta.name + " is at the canary above its partition");
      }
    }
  }

  const std::vector<std::string>& violations() const { return violations_; }
  bool foreign = false;  // somebody else edited the spec

 private:
  void say(const std::string& what) {
    violations_.push_back(std::to_string((play_.world().now - play_.began).count()) + "s " + what);
  }

  void look(const Write& write) {
    using Invariant = std::string (*)(const Write&);
    static constexpr Invariant kAll[] = {
        i1_lowers_a_step_with_all_pods_up,
        i2_has_preconditions,
        i3_is_written_by_the_holder,
        i4_deletes_one_pod_of_the_canary,
        i5_deletes_after_the_controller_has_seen_it,
        i6_touches_nothing_else,
        i7_is_parked_where_it_failed,
        i8_keeps_the_baselines_revision,
        i12_ends_with_every_pod_at_the_canary,
        i12_ends_with_every_pod_at_the_baseline,
        i13_rests_unless_asked,
        i16_parks_with_the_template,
    };
    for (const Invariant invariant : kAll) {
      if (auto what = invariant(write); !what.empty()) say(what);
    }
    if (!foreign) {
      if (auto what = i9_keeps_the_baseline_current(write); !what.empty()) say(what);
    }
    if (write.patches() && write.request.patch.partition) {
      lowest_ = std::min(lowest_, *write.request.patch.partition);
    }
    watch_soak(write);
  }

  // I15, by the time that really went by.
  void watch_soak(const Write& write) {
    if (!write.patches()) return;
    const auto soaks = [](const std::optional<State>& state) {
      return state && state->soak_until.has_value();
    };
    if (soaks(write.is()) && !soaks(write.was)) soak_began_ = play_.world().now;
    const bool passed = soaks(write.was) && !write.request.patch.obeys &&
                        (!write.is() || write.is()->stage > write.was->stage);
    if (passed && play_.world().now - soak_began_ < write.was->plan.soak) {
      say("I15: the soak was cut short");
    }
  }

  Play& play_;
  std::optional<State> state_;
  std::int64_t lowest_ = kPark;
  kube::Time soak_began_;
  std::vector<std::string> violations_;
};

}  // namespace sts::rollout::canary
