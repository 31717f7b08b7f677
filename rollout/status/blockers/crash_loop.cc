#include "rollout/status/blockers/containers.h"
#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

// A container that runs for ten minutes has its back-off forgotten (pkg/kubelet, backOffPeriod).
constexpr std::chrono::seconds kForgotten{600};

// Also between two ends, where it runs for a moment and is not ready.
bool crash_loops(const View& view, const kube::Container& container) {
  if (container.waiting_reason == "CrashLoopBackOff") return true;
  if (container.ready || container.restarts < 2) return false;
  const auto& end = container.terminated ? container.terminated : container.last_terminated;
  return end && end->exit_code != 0 && end->finished && *end->finished + kForgotten > view.now();
}

}  // namespace

std::optional<Blocker> find_crash_loop(const View& view, const Member& member) {
  const kube::Container* const container = find_container(
      member, [&](const kube::Container& candidate) { return crash_loops(view, candidate); });
  if (container == nullptr) return std::nullopt;
  const auto& end = container->terminated ? container->terminated : container->last_terminated;
  std::string facts;
  if (end) {
    facts = "it ended with exit code " + std::to_string(end->exit_code);
    if (!end->reason.empty()) facts += " (" + end->reason + ")";
    if (end->finished) facts += " " + view.ago(end->finished) + " ago";
    facts += ", ";
  }
  facts +=
      std::to_string(container->restarts) + (container->restarts == 1 ? " restart" : " restarts");

  Blocker blocker;
  blocker.message = "container " + container->name + " of " + member.name + " ends again and again";
  blocker.evidence = {facts};
  if (end && !end->message.empty()) blocker.evidence.push_back("its last words: " + end->message);
  set_way_out(blocker, view, member, "find out why it ends, and mend that",
              "logs " + member.name + " -c " + container->name + " --previous");
  return blocker;
}

}  // namespace sts::rollout
