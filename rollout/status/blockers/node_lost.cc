#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

// The node's word, where it could be read: why it is not alive. "" for one that is.
std::string node_trouble(const View& view, const kube::ClusterNode& node) {
  const kube::Condition* const ready = node.ready();
  if (ready != nullptr && ready->status == "True") return "";
  if (ready == nullptr) return "Node " + node.meta.name + " never reported";
  std::string text = "Node " + node.meta.name + " is not Ready";
  if (ready->changed) text += " for " + view.ago(ready->changed);
  if (!ready->reason.empty()) text += " (" + ready->reason + ")";
  return text;
}

}  // namespace

// A pod of a node that went silent stays until its kubelet confirms that it has ended: two pods of
// one name would otherwise write to one volume.
std::optional<Blocker> find_node_lost(const View& view, const Member& member) {
  if (member.pod == nullptr || member.foreign || member.pod->node.empty()) return std::nullopt;
  const kube::Pod& pod = *member.pod;
  const bool overdue = pod.meta.deletion && *pod.meta.deletion + kPatience <= view.now();
  const kube::ClusterNode* const node = view.node(pod.node);
  const std::string trouble = node == nullptr ? "" : node_trouble(view, *node);
  if (trouble.empty() && !(overdue && node == nullptr)) return std::nullopt;
  if (pod.ready()) return std::nullopt;

  Blocker blocker;
  blocker.message = trouble.empty()
                        ? member.name + " was to be gone " + view.ago(pod.meta.deletion) +
                              " ago, and the kubelet of node " + pod.node + " does not confirm it"
                        : member.name + " is on a node that is lost: " + pod.node;
  if (!trouble.empty()) blocker.evidence.push_back(trouble);
  if (overdue && !trouble.empty()) {
    blocker.evidence.push_back("it was to be gone " + view.ago(pod.meta.deletion) + " ago");
  }
  if (trouble.empty()) {
    blocker.way_out = "look at the node; never force the deletion while the machine may still run";
    blocker.command = "kubectl describe node " + pod.node;
  } else {
    // Non-graceful node shutdown, GA in 1.28: frees pods and volumes at once.
    blocker.way_out =
        "bring the node back; only if the machine is certainly off, say so, and its pods are "
        "created elsewhere";
    blocker.command = "kubectl taint node " + pod.node +
                      " node.kubernetes.io/out-of-service=nodeshutdown:NoExecute";
  }
  return blocker;
}

}  // namespace sts::rollout
