#include "rollout/status/blockers/kinds.h"

namespace sts::rollout {

// The controller meets AlreadyExists and tries again without an event
// (stateful_pod_control.go, CreateStatefulPod).
std::optional<Blocker> find_foreign_pod(const View& view, const Member& member) {
  if (!member.foreign) return std::nullopt;
  Blocker blocker;
  const kube::OwnerReference* const owner = member.pod->meta.controller();
  if (owner != nullptr) {
    const std::string who = owner->kind + " " + owner->name;
    blocker.message = "Pod " + member.name + " belongs to " + who + ", so StatefulSet " +
                      view.set().meta.name + " cannot create its own";
    blocker.way_out =
        "give the pods of " + who + " another name, or delete it; then delete the pod";
  } else {
    blocker.message = "Pod " + member.name + " belongs to nobody and does not match the selector " +
                      kube::to_query(view.set().selector) + ", so StatefulSet " +
                      view.set().meta.name + " cannot create its own";
    blocker.way_out = "delete the pod; the controller then creates its own";
  }
  blocker.command = view.kubectl("delete pod " + member.name);
  return blocker;
}

}  // namespace sts::rollout
