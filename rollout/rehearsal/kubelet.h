#pragma once

#include "rollout/rehearsal/world.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace sts::rollout::rehearsal {

/// What becomes of a pod, as its status will show it.
enum class Fault : std::uint8_t {
  kNone,
  kCrash,          // starts, ends, CrashLoopBackOff with a growing restart count
  kImagePull,      // ErrImagePull, then ImagePullBackOff
  kOutOfMemory,    // killed again and again, OOMKilled
  kNeverReady,     // runs, and its readiness probe never succeeds
  kFlap,           // becomes Ready and loses it again, every half minute
  kUnschedulable,  // no node takes it
};

/// "crash", "image-pull", "out-of-memory", "never-ready", "flap", "unschedulable"; nothing for
/// other words.
std::optional<Fault> parse_fault(std::string_view word);
std::string_view to_string(Fault fault);

struct Behaviour {
  Fault fault = Fault::kNone;
  std::chrono::seconds start{5};  // from its creation until it is Ready
  std::chrono::seconds stop{2};   // from its deletion until it is gone, at most its grace period
};

/// What this pod, of this revision, will do.
using BehaviourOf = std::function<Behaviour(const kube::Pod&)>;

/// Scheduler and kubelets: brings every pod's status to what it is at world.now, and removes those
/// whose end has come. To be called at every second of virtual time.
void run_kubelets(World& world, const BehaviourOf& behaviour_of);

}  // namespace sts::rollout::rehearsal
