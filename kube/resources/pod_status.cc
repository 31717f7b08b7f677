#include "kube/resources/pod_status.h"

#include <algorithm>

namespace sts::kube {
namespace {

// "Error", or what stands for a reason where there is none.
std::string ended(const Terminated& terminated) {
  if (!terminated.reason.empty()) return terminated.reason;
  if (terminated.signal != 0) return "Signal:" + std::to_string(terminated.signal);
  return "ExitCode:" + std::to_string(terminated.exit_code);
}

// The first init container that is not done decides; true where one does.
bool initialising(const Pod& pod, PodStatus& status) {
  for (std::size_t i = 0; i < pod.init_containers.size(); ++i) {
    const Container& container = pod.init_containers[i];
    if (!container.seen || (container.terminated && container.terminated->exit_code == 0)) continue;
    if (container.sidecar && container.started) {
      if (container.ready) ++status.ready;
      continue;
    }
    if (container.terminated) {
      status.text = "Init:" + ended(*container.terminated);
    } else if (!container.waiting_reason.empty() && container.waiting_reason != "PodInitializing") {
      status.text = "Init:" + container.waiting_reason;
    } else {
      status.text = "Init:" + std::to_string(i) + "/" + std::to_string(pod.init_containers.size());
    }
    return true;
  }
  return false;
}

void look_at_containers(const Pod& pod, PodStatus& status) {
  bool has_running = false;
  // From the last one to the first, as printPod does.
  // NOLINTNEXTLINE(modernize-loop-convert): clang 14 cannot read reverse_view
  for (auto container = pod.containers.rbegin(); container != pod.containers.rend(); ++container) {
    if (!container->waiting_reason.empty()) {
      status.text = container->waiting_reason;
    } else if (container->terminated) {
      status.text = ended(*container->terminated);
    } else if (container->ready && container->running) {
      has_running = true;
      ++status.ready;
    }
  }
  if (status.text == "Completed" && has_running) status.text = pod.ready() ? "Running" : "NotReady";
}

bool is_true(const Pod& pod, std::string_view type) {
  const Condition* const condition = find_condition(pod.conditions, type);
  return condition != nullptr && condition->status == "True";
}

}  // namespace

PodStatus pod_status(const Pod& pod) {
  PodStatus status;
  status.containers = static_cast<std::int64_t>(
      pod.containers.size() + std::count_if(pod.init_containers.begin(), pod.init_containers.end(),
                                            [](const Container& c) { return c.sidecar; }));
  status.text = pod.reason.empty() ? pod.phase : pod.reason;
  const Condition* const scheduled = find_condition(pod.conditions, "PodScheduled");
  if (scheduled != nullptr && scheduled->reason == "SchedulingGated")
    status.text = scheduled->reason;
  if (!initialising(pod, status) || is_true(pod, "Initialized")) look_at_containers(pod, status);
  if (pod.terminating() && pod.reason == "NodeLost") {
    status.text = "Unknown";
  } else if (pod.terminating() && pod.phase != "Failed" && pod.phase != "Succeeded") {
    status.text = "Terminating";
  }
  return status;
}

}  // namespace sts::kube
