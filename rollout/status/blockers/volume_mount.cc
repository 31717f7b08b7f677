#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

// The kubelet repeats these about every two minutes (pkg/kubelet/volumemanager).
constexpr std::chrono::seconds kRecent{300};

}  // namespace

std::optional<Blocker> find_volume_mount(const View& view, const Member& member) {
  if (member.pod == nullptr || member.foreign || member.pod->terminating()) return std::nullopt;
  const kube::Pod& pod = *member.pod;
  if (pod.phase != "Pending" || pod.node.empty() || !pod.meta.created ||
      *pod.meta.created + kPatience > view.now()) {
    return std::nullopt;
  }
  for (const std::string_view reason : {"FailedAttachVolume", "FailedMount"}) {
    const kube::Event* const event = view.event("Pod", member.name, reason, kRecent);
    if (event == nullptr || event->uid != pod.meta.uid) continue;
    Blocker blocker;
    blocker.message =
        reason == "FailedMount"
            ? "node " + pod.node + " cannot mount the volumes of " + member.name
            : "a volume of " + member.name + " cannot be attached to node " + pod.node;
    blocker.evidence = {event_text(view, *event)};
    blocker.way_out =
        event->message.find("Multi-Attach") != std::string::npos
            ? "it is still attached to another node: see whether a pod there still uses it; a node "
              "that is gone is given up after some minutes"
            : "create what the message misses, or mend the volume; the kubelet tries again by "
              "itself";
    blocker.command = view.kubectl("describe pod " + member.name);
    return blocker;
  }
  return std::nullopt;
}

}  // namespace sts::rollout
