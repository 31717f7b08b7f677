#include "rollout/rehearsal/kubelet.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sts::rollout::rehearsal {
namespace {

using std::chrono::seconds;

constexpr std::array<std::pair<std::string_view, Fault>, 6> kFaults{{
    {"crash", Fault::kCrash},
    {"image-pull", Fault::kImagePull},
    {"out-of-memory", Fault::kOutOfMemory},
    {"never-ready", Fault::kNeverReady},
    {"flap", Fault::kFlap},
    {"unschedulable", Fault::kUnschedulable},
}};

constexpr seconds kFlapPeriod{60};
// The kubelet's back-off for containers: 10 s, doubled each time, at most 5 minutes.
constexpr seconds kFirstBackOff{10};
constexpr seconds kLongestBackOff{300};

class Kubelet {
 public:
  Kubelet(World& world, kube::Pod& pod, const Behaviour& behaviour)
      : world_(world), pod_(pod), behaviour_(behaviour) {}

  void run() {
    if (behaviour_.fault == Fault::kUnschedulable) {
      condition("PodScheduled", false, "Unschedulable",
                "0/3 nodes are available: 3 Insufficient memory.");
      return;
    }
    if (pod_.node.empty()) {
      pod_.node = "node-" + pod_.meta.name;
      written();
    }
    condition("PodScheduled", true);
    const seconds age = world_.now - *pod_.meta.created;
    for (kube::Container& container : pod_.containers) container.seen = true;
    switch (behaviour_.fault) {
      case Fault::kCrash:
        crash(age, "Error", 1);
        return;
      case Fault::kOutOfMemory:
        crash(age, "OOMKilled", 137);
        return;
      case Fault::kImagePull:
        waiting(age < behaviour_.start ? "ErrImagePull" : "ImagePullBackOff", "Pending");
        return;
      case Fault::kNeverReady:
        running(false);
        return;
      case Fault::kFlap:
        running(age >= behaviour_.start &&
                (age - behaviour_.start) % kFlapPeriod < kFlapPeriod / 2);
        return;
      case Fault::kNone:
      case Fault::kUnschedulable:
        running(age >= behaviour_.start);
        return;
    }
  }

 private:
  void written() { pod_.meta.resource_version = world_.next_resource_version(); }

  void condition(std::string_view type, bool holds, std::string reason = {},
                 std::string message = {}) {
    const char* const status = holds ? "True" : "False";
    const auto known = std::find_if(pod_.conditions.begin(), pod_.conditions.end(),
                                    [&](const auto& each) { return each.type == type; });
    if (known == pod_.conditions.end()) {
      pod_.conditions.push_back(
          {std::string(type), status, std::move(reason), std::move(message), world_.now});
      written();
    } else if (known->status != status) {
      *known = {std::string(type), status, std::move(reason), std::move(message), world_.now};
      written();
    }
  }

  void phase(std::string_view name) {
    if (pod_.phase == name) return;
    pod_.phase = name;
    written();
  }

  void running(bool ready) {
    phase("Running");
    for (kube::Container& container : pod_.containers) {
      container.waiting_reason.clear();
      container.running = container.started = true;
      container.ready = ready;
    }
    condition("Ready", ready);
  }

  void waiting(std::string_view reason, std::string_view in_phase) {
    phase(in_phase);
    for (kube::Container& container : pod_.containers) {
      if (container.waiting_reason != reason) written();
      container.waiting_reason = reason;
      container.running = container.ready = false;
    }
    condition("Ready", false);
  }

  // It runs for as long as others need to start, ends, and waits for its next life.
  void crash(seconds age, std::string_view reason, std::int64_t exit_code) {
    const seconds life = std::max(behaviour_.start, seconds(1));
    std::int64_t restarts = 0;
    seconds at{0};
    seconds pause = kFirstBackOff;
    while (age >= at + life + pause) {
      at += life + pause;
      pause = std::min(pause * 2, kLongestBackOff);
      ++restarts;
    }
    const bool alive = age < at + life;
    if (restarts == 0 && alive) {
      running(false);
      return;
    }
    kube::Terminated end;
    end.reason = reason;
    end.exit_code = exit_code;
    end.finished = *pod_.meta.created + (alive ? at - pause / 2 : at + life);
    if (alive) {
      running(false);
    } else {
      waiting("CrashLoopBackOff", "Running");
    }
    for (kube::Container& container : pod_.containers) {
      if (container.restarts != restarts) written();
      container.restarts = restarts;
      container.last_terminated = end;
    }
  }

  World& world_;
  kube::Pod& pod_;
  const Behaviour& behaviour_;
};

bool has_ended(const World& world, const kube::Pod& pod, const Behaviour& behaviour) {
  if (!pod.terminating()) return false;
  const seconds grace(pod.meta.deletion_grace_seconds.value_or(0));
  const kube::Time asked = *pod.meta.deletion - grace;
  return world.now >= asked + std::min(behaviour.stop, grace);
}

}  // namespace

std::optional<Fault> parse_fault(std::string_view word) {
  for (const auto& [name, fault] : kFaults) {
    if (name == word) return fault;
  }
  return std::nullopt;
}

std::string_view to_string(Fault fault) {
  for (const auto& [name, each] : kFaults) {
    if (each == fault) return name;
  }
  return "none";
}

void run_kubelets(World& world, const BehaviourOf& behaviour_of) {
  std::erase_if(world.pods,
                [&](const kube::Pod& pod) { return has_ended(world, pod, behaviour_of(pod)); });
  for (kube::Pod& pod : world.pods) {
    if (pod.terminating() || pod.phase == "Failed" || pod.phase == "Succeeded") continue;
    const Behaviour behaviour = behaviour_of(pod);
    Kubelet(world, pod, behaviour).run();
  }
}

}  // namespace sts::rollout::rehearsal
