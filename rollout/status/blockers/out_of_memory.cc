#include "rollout/status/blockers/containers.h"
#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

const kube::Terminated* killed(const kube::Container& container) {
  for (const auto* const end : {&container.terminated, &container.last_terminated}) {
    if (*end && (*end)->reason == "OOMKilled") return &**end;
  }
  return nullptr;
}

}  // namespace

std::optional<Blocker> find_out_of_memory(const View& view, const Member& member) {
  const kube::Container* const container =
      find_container(member, [](const kube::Container& candidate) {
        return !candidate.ready && killed(candidate) != nullptr;
      });
  if (container == nullptr) return std::nullopt;
  const kube::Terminated& end = *killed(*container);
  Blocker blocker;
  blocker.message =
      "container " + container->name + " of " + member.name +
      " was killed: it used more memory than " +
      (container->memory_limit.empty() ? "there is" : "its limit of " + container->memory_limit);
  std::string last = "OOMKilled, " + std::to_string(container->restarts) +
                     (container->restarts == 1 ? " restart" : " restarts");
  if (end.finished) last += ", last " + view.ago(end.finished) + " ago";
  blocker.evidence = {last};
  set_way_out(blocker, view, member, "raise the memory limit of " + container->name,
              "set resources statefulset " + view.set().meta.name + " -c " + container->name +
                  " --limits=memory=SIZE");
  return blocker;
}

}  // namespace sts::rollout
