#include "rollout/status/blockers/containers.h"
#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

#include <array>

namespace sts::rollout {
namespace {

// pkg/kubelet/container/sync_result.go and pkg/kubelet/kuberuntime/kuberuntime_container.go
constexpr std::array<std::string_view, 5> kReasons = {"CreateContainerConfigError",
                                                      "CreateContainerError", "RunContainerError",
                                                      "PreCreateHookError", "PostStartHookError"};

}  // namespace

std::optional<Blocker> find_container_config(const View& view, const Member& member) {
  const kube::Container* const container =
      find_container(member, [](const kube::Container& candidate) {
        return std::find(kReasons.begin(), kReasons.end(), candidate.waiting_reason) !=
               kReasons.end();
      });
  if (container == nullptr) return std::nullopt;
  Blocker blocker;
  blocker.message = "container " + container->name + " of " + member.name + " cannot be started";
  blocker.evidence = {container->waiting_reason + (container->waiting_message.empty()
                                                       ? ""
                                                       : ": " + container->waiting_message)};
  set_way_out(blocker, view, member, "create what it refers to, or mend the template",
              "describe pod " + member.name);
  return blocker;
}

}  // namespace sts::rollout
