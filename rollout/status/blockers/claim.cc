#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

constexpr std::chrono::seconds kEventLife{3600};

const kube::Condition* not_scheduled(const kube::Pod& pod) {
  if (!pod.node.empty()) return nullptr;
  const kube::Condition* const scheduled = kube::find_condition(pod.conditions, "PodScheduled");
  return scheduled != nullptr && scheduled->status == "False" ? scheduled : nullptr;
}

std::string class_text(const kube::Claim& claim) {
  if (!claim.storage_class) return "no storageClassName";
  if (claim.storage_class->empty())
    return "storageClassName \"\": only a PersistentVolume made by hand fits";
  return "StorageClass " + *claim.storage_class;
}

Blocker pending(const View& view, const Member& member, const kube::Claim& claim) {
  Blocker blocker;
  blocker.object = "persistentvolumeclaim/" + claim.meta.name;
  blocker.message =
      member.name + " waits for its claim " + claim.meta.name + ", which is not bound";
  std::string facts = "Pending";
  if (claim.meta.created) facts += " for " + view.ago(claim.meta.created);
  blocker.evidence.push_back(
      facts + ", " + class_text(claim) +
      (claim.requested.empty() ? "" : ", " + claim.requested + " requested"));
  if (const kube::Event* const event =
          view.event("PersistentVolumeClaim", claim.meta.name, "ProvisioningFailed", kEventLife)) {
    blocker.evidence.push_back(event_text(view, *event));
  }
  blocker.way_out =
      "make its class provision, or a PersistentVolume that fits; a claim that was never bound "
      "holds no data and may be deleted with its pod";
  blocker.command = view.kubectl("describe pvc " + claim.meta.name);
  return blocker;
}

Blocker lost(const View& view, const Member& member, const kube::Claim& claim) {
  Blocker blocker;
  blocker.object = "persistentvolumeclaim/" + claim.meta.name;
  blocker.message = member.name + " waits for its claim " + claim.meta.name +
                    ", whose PersistentVolume " + claim.volume + " is gone";
  blocker.evidence = {"phase Lost: the volume was deleted under the claim"};
  blocker.way_out =
      "bring the PersistentVolume back from what is behind it; deleting the claim gives an empty "
      "volume";
  blocker.command = view.kubectl("describe pvc " + claim.meta.name);
  return blocker;
}

Blocker deleted(const View& view, const Member& member, const kube::Claim& claim) {
  Blocker blocker;
  blocker.object = "persistentvolumeclaim/" + claim.meta.name;
  blocker.message =
      member.name + " waits for its claim " + claim.meta.name + ", which is being deleted";
  blocker.evidence = {"deleted " + view.ago(claim.meta.deletion) + " ago"};
  blocker.way_out =
      "delete the pod: the claim goes with its last user, and both are created again, empty";
  blocker.command = view.kubectl("delete pod " + member.name);
  return blocker;
}

}  // namespace

std::optional<Blocker> find_claim(const View& view, const Member& member) {
  if (member.pod == nullptr || member.foreign || member.pod->terminating()) return std::nullopt;
  const kube::Pod& pod = *member.pod;
  if (!pod.node.empty() || pod.phase != "Pending") return std::nullopt;
  const kube::Condition* const unscheduled = not_scheduled(pod);
  const auto& since = unscheduled != nullptr ? unscheduled->changed : pod.meta.created;
  const bool patient = since && *since + kPatience <= view.now();
  // With a class that binds at first use a claim is Pending because its pod has no node, not the
  // other way round: the scheduler's own words decide.
  const bool blamed = unscheduled == nullptr ||
                      unscheduled->message.find("ersistentvolumeclaim") != std::string::npos ||
                      unscheduled->message.find("ersistentVolumeClaim") != std::string::npos;
  for (const std::string& name : pod.claims) {
    const kube::Claim* const claim = view.claim(name);
    if (claim == nullptr) {
      if (unscheduled == nullptr ||
          unscheduled->message.find("persistentvolumeclaim \"" + name + "\" not found") ==
              std::string::npos) {
        continue;
      }
      Blocker blocker;
      blocker.message = member.name + " names the claim " + name + ", which does not exist";
      blocker.evidence = {"the scheduler says: " + unscheduled->message};
      blocker.way_out = "create the claim; those of volumeClaimTemplates come back with their pod";
      blocker.command = view.kubectl("delete pod " + member.name);
      return blocker;
    }
    if (claim->phase == "Lost") return lost(view, member, *claim);
    if (claim->meta.deletion && blamed) return deleted(view, member, *claim);
    if (!claim->bound() && blamed && patient) {
      Blocker blocker = pending(view, member, *claim);
      if (unscheduled != nullptr) {
        blocker.evidence.push_back("the scheduler says: " + unscheduled->message);
      }
      return blocker;
    }
  }
  return std::nullopt;
}

}  // namespace sts::rollout
