#include "rollout/status/blockers/kinds.h"

namespace sts::rollout {
namespace {

// Parts of the scheduler's reasons (kubernetes/pkg/scheduler/framework/plugins/*, v1.34), and what
// mends each.
struct Remedy {
  std::string_view says;
  std::string_view way_out;
};
constexpr Remedy kRemedies[] = {
    {"volume node affinity conflict",
     "bring back a node that its volume is tied to; deleting claim and pod begins with an empty "
     "volume elsewhere"},
    {"were unschedulable", "uncordon a node: kubectl uncordon NODE"},
    {"untolerated taint", "tolerate the taint in the pod template, or take it off the node"},
    {"Insufficient", "add a node, free room on one, or lower the template's requests"},
    {"anti-affinity", "add a node that has none of its peers, or make the anti-affinity preferred"},
    {"topology spread constraints",
     "add a node in a zone that has room, or allow a larger maxSkew"},
    {"node affinity/selector", "label a node as the template's nodeSelector or affinity asks"},
    {"free ports", "add a node where the hostPort is free"},
    {"Too many pods", "add a node, or raise the kubelet's maxPods"},
    {"max volume count", "add a node: these have as many volumes as they can attach"},
};

// Of the remedies for what the message names first.
std::string_view remedy(const std::string& message) {
  std::size_t first = std::string::npos;
  std::string_view way_out = "make room for it on a node";
  for (const Remedy& candidate : kRemedies) {
    const std::size_t at = message.find(candidate.says);
    if (at < first) {
      first = at;
      way_out = candidate.way_out;
    }
  }
  return way_out;
}

}  // namespace

std::optional<Blocker> find_unschedulable(const View& view, const Member& member) {
  if (member.pod == nullptr || member.foreign || member.pod->terminating()) return std::nullopt;
  const kube::Pod& pod = *member.pod;
  const kube::Condition* const scheduled = kube::find_condition(pod.conditions, "PodScheduled");
  if (!pod.node.empty() || scheduled == nullptr || scheduled->status != "False") {
    return std::nullopt;
  }
  const auto& since = scheduled->changed ? scheduled->changed : pod.meta.created;
  if (!since || *since + kPatience > view.now()) return std::nullopt;

  Blocker blocker;
  if (scheduled->reason == "SchedulingGated") {
    std::string gates;
    for (const std::string& gate : pod.scheduling_gates) {
      gates += (gates.empty() ? "" : ", ") + gate;
    }
    blocker.message = member.name + " is held back by scheduling gates for " + view.ago(since);
    blocker.evidence = {"schedulingGates: " + gates};
    blocker.way_out = "see to it that whoever set the gate takes it off";
    blocker.command = view.kubectl("edit pod " + member.name);
    return blocker;
  }
  blocker.message = member.name + " has found no node for " + view.ago(since);
  blocker.evidence = {"the scheduler says: " + scheduled->message};
  blocker.way_out = remedy(scheduled->message);
  blocker.command = "kubectl describe nodes";
  return blocker;
}

}  // namespace sts::rollout
