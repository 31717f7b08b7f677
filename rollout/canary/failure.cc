#include "rollout/canary/failure.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <string_view>

namespace sts::rollout::canary {
namespace {

using std::chrono::seconds;

// Waiting reasons of the kubelet (pkg/kubelet/images/types.go,
// pkg/kubelet/container/sync_result.go, v1.37.1), and how old the pod must be before one of them is
// a verdict: registries and ConfigMaps are sometimes late.
struct WaitingReason {
  std::string_view reason;
  seconds patience;
  bool pull = false;
};
constexpr std::array<WaitingReason, 12> kWaitingReasons{{
    {"InvalidImageName", seconds(0)},
    {"ErrImageNeverPull", seconds(0)},
    {"ErrImagePull", seconds(60), true},
    {"ImagePullBackOff", seconds(60), true},
    {"ImageInspectError", seconds(60), true},
    {"RegistryUnavailable", seconds(60), true},
    {"CreateContainerConfigError", seconds(30)},
    {"CreateContainerError", seconds(30)},
    {"RunContainerError", seconds(30)},
    {"PreCreateHookError", seconds(30)},
    {"PostStartHookError", seconds(30)},
    {"CrashLoopBackOff", seconds(0)},
}};

// How long a pod may wait for a node or a volume.
constexpr seconds kSchedulingPatience{120};
constexpr seconds kTerminationPatience{60};
constexpr seconds kCreationPatience{30};
constexpr std::int64_t kMostRestarts = 1;  // of a pod that is still to become Ready

class Inquiry {
 public:
  Inquiry(const Observation& observed, const State& state, bool soaking)
      : observed_(observed), state_(state), soaking_(soaking), members_(observed) {}

  std::optional<Failure> run() {
    for (const Member& member : members_.all()) {
      if (member.pod == nullptr) {
        look_at_missing(member);
      } else if (member.pod->terminating()) {
        look_at_terminating(*member.pod);
      } else if (disrupted(*member.pod)) {
        continue;  // a node or an eviction took it: it comes back
      } else if (member.pod->revision() == state_.can) {
        look_at_canary(*member.pod);
      } else {
        look_at_peer(*member.pod);
      }
    }
    if (!state_.plan.allow_tag_drift) look_for_tag_drift();
    if (revision_) return revision_;
    return other_ ? other_ : deadline_;
  }

 private:
  void report(FailureClass whose, const std::string& pod, const std::string& what) {
    std::optional<Failure>& place = whose == FailureClass::kRevision   ? revision_
                                    : whose == FailureClass::kDeadline ? deadline_
                                                                       : other_;
    if (!place) place = Failure{whose, pod, what};
  }

  seconds age(const kube::Pod& pod) const {
    return pod.meta.created ? observed_.now - *pod.meta.created : seconds(0);
  }

  // What was so before the canary began, or before a human resumed it, is forgiven.
  bool forgiven(const std::optional<kube::Time>& when) const {
    return when && *when <= state_.began;
  }

  // core/v1 DisruptionTarget, and what the kubelet calls a pod that it gave up.
  bool disrupted(const kube::Pod& pod) const {
    if (!pod.node.empty() && std::find(observed_.lost_nodes.begin(), observed_.lost_nodes.end(),
                                       pod.node) != observed_.lost_nodes.end()) {
      return true;
    }
    const kube::Condition* const target = kube::find_condition(pod.conditions, "DisruptionTarget");
    if (target != nullptr && target->status == "True") return true;
    static constexpr std::array<std::string_view, 6> kReasons = {
        "Evicted",      "NodeShutdown", "NodeLost",
        "NodeAffinity", "Terminated",   "UnexpectedAdmissionError"};
    return pod.phase == "Failed" &&
           (pod.reason.starts_with("OutOf") ||
            std::find(kReasons.begin(), kReasons.end(), pod.reason) != kReasons.end());
  }

  bool peers_cannot_pull() const {
    return std::any_of(observed_.pods.begin(), observed_.pods.end(), [&](const kube::Pod& pod) {
      return pod.revision() == state_.base &&
             std::any_of(pod.containers.begin(), pod.containers.end(), [](const auto& container) {
               const WaitingReason* const why = known(container.waiting_reason);
               return why != nullptr && why->pull;
             });
    });
  }

  static const WaitingReason* known(std::string_view reason) {
    const auto found = std::find_if(kWaitingReasons.begin(), kWaitingReasons.end(),
                                    [&](const auto& each) { return each.reason == reason; });
    return found == kWaitingReasons.end() ? nullptr : &*found;
  }

  static std::string named(const kube::Container& container, const kube::Pod& pod) {
    return "container " + container.name + " of " + pod.meta.name;
  }

  void look_at_canary(const kube::Pod& pod) {
    for (const auto* list : {&pod.init_containers, &pod.containers}) {
      for (const kube::Container& container : *list) look_at_container(container, pod);
    }
    look_at_scheduling(pod);
    if (soaking_) {
      look_for_flaps(pod);
    } else {
      const std::int64_t restarts = pod.restarts();
      if (restarts > kMostRestarts && !forgiven(pod.last_restart())) {
        report(FailureClass::kRevision, pod.meta.name,
               pod.meta.name + " has restarted " + std::to_string(restarts) + " times");
      }
      const bool available =
          pod.healthy() && pod.available(observed_.set.min_ready_seconds, observed_.now);
      const seconds waited = std::min(age(pod), observed_.now - state_.began);
      if (!available && waited > state_.plan.pod_deadline) {
        report(FailureClass::kDeadline, pod.meta.name,
               pod.meta.name + " is not Available after " +
                   kube::human_duration(state_.plan.pod_deadline));
      }
    }
  }

  void look_at_container(const kube::Container& container, const kube::Pod& pod) {
    if (const WaitingReason* const why = known(container.waiting_reason);
        why != nullptr && age(pod) >= why->patience) {
      const bool theirs = why->pull && peers_cannot_pull();
      report(theirs ? FailureClass::kInfrastructure : FailureClass::kRevision, pod.meta.name,
             named(container, pod) + " waits: " + container.waiting_reason);
    }
    for (const auto* end : {&container.terminated, &container.last_terminated}) {
      if (*end && (*end)->reason == "OOMKilled" && !forgiven((*end)->finished)) {
        report(FailureClass::kRevision, pod.meta.name,
               named(container, pod) + " was killed for using more memory than its limit" +
                   (container.memory_limit.empty() ? "" : " (" + container.memory_limit + ")"));
      }
    }
  }

  void look_at_scheduling(const kube::Pod& pod) {
    const kube::Condition* const scheduled = kube::find_condition(pod.conditions, "PodScheduled");
    if (scheduled == nullptr || scheduled->status != "False") return;
    const seconds waited = scheduled->changed ? observed_.now - *scheduled->changed : age(pod);
    if (waited <= kSchedulingPatience) return;
    report(FailureClass::kInfrastructure, pod.meta.name,
           "no node takes " + pod.meta.name + ": " + scheduled->message);
  }

  void look_for_flaps(const kube::Pod& pod) {
    if (!state_.soak_until) return;
    const kube::Time since = *state_.soak_until - state_.plan.soak;
    if (pod.meta.created && *pod.meta.created > since) return;  // another pod: it soaks anew
    const kube::Condition* const ready = kube::find_condition(pod.conditions, "Ready");
    if (state_.plan.max_flaps == 0 && ready != nullptr && ready->changed &&
        *ready->changed > since) {
      report(FailureClass::kRevision, pod.meta.name,
             pod.meta.name + (ready->status == "True" ? " was not Ready for a while in its soak"
                                                      : " is no longer Ready"));
    }
    const auto restarted = pod.last_restart();
    if (state_.plan.max_restarts == 0 && restarted && *restarted > since) {
      report(FailureClass::kRevision, pod.meta.name, pod.meta.name + " restarted in its soak");
    }
  }

  // What happens to a pod that the canary did not touch is the canary's doing, until a node or an
  // eviction explains it.
  void look_at_peer(const kube::Pod& pod) {
    const auto restarted = pod.last_restart();
    if (restarted && *restarted > state_.began) {
      report(FailureClass::kRevision, pod.meta.name,
             pod.meta.name + ", at the baseline, restarted after the canary had begun");
      return;
    }
    const kube::Condition* const ready = kube::find_condition(pod.conditions, "Ready");
    const bool lost = ready != nullptr && ready->status != "True" && ready->changed &&
                      *ready->changed > state_.began && pod.meta.created &&
                      *pod.meta.created <= state_.began;
    if (lost) {
      report(FailureClass::kRevision, pod.meta.name,
             pod.meta.name + ", at the baseline, is no longer Ready since the canary has begun");
    }
  }

  void look_at_terminating(const kube::Pod& pod) {
    if (observed_.now <= *pod.meta.deletion + kTerminationPatience) return;
    report(FailureClass::kStuck, pod.meta.name,
           pod.meta.name + " was to be gone " +
               kube::human_duration(observed_.now - *pod.meta.deletion) +
               " ago: its node may be lost");
  }

  // One tag, two images: somebody pushed it anew, and the canary is not one thing.
  void look_for_tag_drift() {
    std::map<std::string_view, std::string_view> seen;
    for (const Member& member : members_.all()) {
      if (!members_.at(member, state_.can)) continue;
      for (const kube::Container& container : member.pod->containers) {
        if (container.image_id.empty()) continue;
        const auto [known, fresh] = seen.emplace(container.name, container.image_id);
        if (fresh || known->second == container.image_id) continue;
        report(FailureClass::kRevision, member.name,
               named(container, *member.pod) + " runs another image (" + container.image_id +
                   ") than other pods of the canary (" + std::string(known->second) +
                   "): the tag of " + container.image + " was moved");
      }
    }
  }

  // No pod, and the controller says why on the set.
  void look_at_missing(const Member& member) {
    for (const kube::Event& event : observed_.events) {
      if (event.reason != "FailedCreate" || event.uid != observed_.set.meta.uid ||
          !event.last_seen || *event.last_seen < state_.began ||
          event.message.find(member.name) == std::string::npos ||
          observed_.now - state_.began <= kCreationPatience) {
        continue;
      }
      // Which revision it would have got is the partition's to say.
      const bool refused = event.message.find("is invalid") != std::string::npos ||
                           event.message.find("is forbidden") != std::string::npos ||
                           event.message.find("denied the request") != std::string::npos;
      const bool quota = event.message.find("exceeded quota") != std::string::npos;
      report(refused && !quota && member.index >= state_.kept ? FailureClass::kRevision
                                                              : FailureClass::kInfrastructure,
             member.name, member.name + " cannot be created: " + event.message);
    }
  }

  const Observation& observed_;
  const State& state_;
  const bool soaking_;
  const Members members_;
  std::optional<Failure> revision_;
  std::optional<Failure> other_;
  std::optional<Failure> deadline_;
};

}  // namespace

std::optional<Failure> find_failure(const Observation& observed, const State& state, bool soaking) {
  return Inquiry(observed, state, soaking).run();
}

}  // namespace sts::rollout::canary
