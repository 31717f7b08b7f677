#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

// Parallel sets replace an outdated pod whatever its state, but for the first servers that counted
// unavailable pods before (kubernetes#137409).
bool replaced_by_itself(const View& view, const Member& member) {
  if (!view.outdated(member) || view.ordered()) return false;
  const auto& version = view.snapshot().version;
  return !version || *version < kube::Version{1, 35, 0} || *version >= kube::Version{1, 35, 4};
}

// What is wrong with the pod itself, in the words of the kind that finds it.
std::optional<Blocker> own_trouble(const View& view, const Member& member) {
  bool after = false;
  for (const BlockerKind& kind : blocker_kinds()) {
    if (after) {
      if (auto blocker = kind.find(view, member)) return blocker;
    }
    after = after || kind.find == find_stuck_revision;
  }
  return std::nullopt;
}

bool long_unready(const View& view, const kube::Pod& pod) {
  const kube::Condition* const ready = kube::find_condition(pod.conditions, "Ready");
  const auto& since = ready != nullptr && ready->changed ? ready->changed : pod.meta.created;
  return since && *since + kPatience <= view.now();
}

std::string why(const View& view, const Member& member) {
  if (view.set().strategy == kube::UpdateStrategy::kOnDelete) {
    return "with updateStrategy OnDelete nobody replaces it but you";
  }
  if (!view.outdated(member)) return "below the partition the controller replaces no pod by itself";
  if (view.ordered()) return "OrderedReady waits for it to become Ready before it replaces it";
  return "this server's maxUnavailable waits for it to become Ready before it replaces it";
}

}  // namespace

// The "forced rollback" bug (kubernetes#67250): processReplica returns at the first pod that is not
// healthy, before the update phase that would replace it. Seen on 1.33 to 1.37.1.
std::optional<Blocker> find_stuck_revision(const View& view, const Member& member) {
  if (member.pod == nullptr || member.foreign || member.condemned || !view.observed()) {
    return std::nullopt;
  }
  const kube::Pod& pod = *member.pod;
  const std::string& target = view.target_revision(member);
  if (pod.healthy() || pod.terminating() || pod.revision() == target || target.empty() ||
      pod.revision().empty()) {
    return std::nullopt;
  }
  // The controller deletes these by itself.
  if (pod.phase == "Failed" || pod.phase == "Succeeded") return std::nullopt;
  if (replaced_by_itself(view, member)) return std::nullopt;
  const auto trouble = own_trouble(view, member);
  if (!trouble && !long_unready(view, pod)) return std::nullopt;

  Blocker blocker;
  blocker.message = member.name + " is not Ready at " + view.revision_text(pod.revision()) +
                    " and is to run " + view.revision_text(target) + ", but " + why(view, member);
  blocker.evidence.push_back(pod_state(view, member));
  if (trouble) {
    blocker.evidence.push_back(trouble->message);
    blocker.evidence.insert(blocker.evidence.end(), trouble->evidence.begin(),
                            trouble->evidence.end());
  }
  blocker.way_out = "delete it: it is created again at " + target;
  blocker.command = view.kubectl("delete pod " + member.name);
  const Member* const first = view.first_unhealthy();
  if (view.ordered() && first != nullptr && first->ordinal < member.ordinal) {
    blocker.way_out = "get " + first->name +
                      " Ready first, since pods are created in order; then " + blocker.way_out;
  }
  return blocker;
}

}  // namespace sts::rollout
