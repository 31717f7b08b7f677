#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {

// Whatever else the API server refuses: an invalid pod or claim, Pod Security, a ServiceAccount
// that is missing.
std::optional<Blocker> find_invalid_pod(const View& view, const Member& member) {
  const kube::Event* const event = failed_create(view, member);
  if (event == nullptr) return std::nullopt;
  const std::string error = create_error(*event);
  const auto says = [&](std::string_view text) { return error.find(text) != std::string::npos; };
  Blocker blocker;
  blocker.evidence = {event_text(view, *event)};
  blocker.command = view.kubectl("edit statefulset " + view.set().meta.name);
  // plugin/pkg/admission/serviceaccount/admission.go
  if (says("error looking up service account")) {
    blocker.message = member.name + " cannot be created: its ServiceAccount does not exist";
    blocker.way_out = "create the ServiceAccount, or name another one in the pod template";
  } else if (says("violates PodSecurity")) {
    blocker.message = member.name + " cannot be created: namespace " + view.set().meta.name_space +
                      " does not admit such pods (Pod Security)";
    blocker.way_out = "change the pod template to what the message asks for";
  } else if (event->message.starts_with("create Claim ")) {
    blocker.message = member.name + " cannot be created: the API server refuses its claim";
    // volumeClaimTemplates are immutable.
    blocker.way_out =
        "delete the set with its pods kept, and create it again with a mended claim template";
    blocker.command =
        view.kubectl("delete statefulset " + view.set().meta.name + " --cascade=orphan");
  } else {
    blocker.message = member.name + " cannot be created: the API server refuses it";
    blocker.way_out = "change the pod template to what the message asks for";
  }
  return blocker;
}

}  // namespace sts::rollout
