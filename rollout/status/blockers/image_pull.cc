#include "rollout/status/blockers/containers.h"
#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

#include <array>

namespace sts::rollout {
namespace {

// pkg/kubelet/images/types.go
constexpr std::array<std::string_view, 7> kReasons = {
    "ImagePullBackOff",  "ErrImagePull",        "InvalidImageName",         "ErrImageNeverPull",
    "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed"};

}  // namespace

std::optional<Blocker> find_image_pull(const View& view, const Member& member) {
  const kube::Container* const container =
      find_container(member, [](const kube::Container& candidate) {
        return std::find(kReasons.begin(), kReasons.end(), candidate.waiting_reason) !=
               kReasons.end();
      });
  if (container == nullptr) return std::nullopt;
  Blocker blocker;
  blocker.message = member.name + " cannot get the image " + container->image + " of container " +
                    container->name;
  blocker.evidence = {container->waiting_reason + (container->waiting_message.empty()
                                                       ? ""
                                                       : ": " + container->waiting_message)};
  set_way_out(blocker, view, member,
              "name an image that exists and that the node may pull (imagePullSecrets)",
              "edit statefulset " + view.set().meta.name);
  return blocker;
}

}  // namespace sts::rollout
