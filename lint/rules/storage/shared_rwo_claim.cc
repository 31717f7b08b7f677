#include "lint/model/text.h"
#include "lint/rules/storage/claim_reference.h"

#include <algorithm>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kSharedRwoClaim{415, "shared-rwo-claim", Severity::kError,
                                  "one claim for all replicas that one node or pod may use", check};

namespace {

enum class Sharing { kMany, kOneNode, kOnePod, kUnknown };

Sharing sharing_of(const storage::ClaimReference& claim) {
  Sharing result = Sharing::kUnknown;
  for (const storage::ClaimSource& source : claim.nearest) {
    const auto modes = storage::access_modes(source.spec);
    if (!modes || modes->empty()) return Sharing::kUnknown;
    const auto has = [&](std::string_view mode) {
      return std::find(modes->begin(), modes->end(), mode) != modes->end();
    };
    Sharing one = Sharing::kUnknown;
    if (has("ReadWriteMany") || has("ReadOnlyMany")) {
      one = Sharing::kMany;
    } else if (has("ReadWriteOncePod")) {
      one = Sharing::kOnePod;
    } else if (has("ReadWriteOnce")) {
      one = Sharing::kOneNode;
    }
    if (result != Sharing::kUnknown && result != one) return Sharing::kUnknown;
    result = one;
  }
  return result;
}

/// Required affinity that keeps pods on one node: to other pods, of whatever labels, by host name.
bool co_located(const PodTemplate& pods) {
  const kube::Value required = pods.spec.get("affinity", "podAffinity")
                                   .get("requiredDuringSchedulingIgnoredDuringExecution");
  for (const kube::Value term : required.items()) {
    if (term.get("topologyKey").text() == "kubernetes.io/hostname") return true;
  }
  return false;
}

}  // namespace

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  const PodTemplate pods = pod_template(object);
  const std::vector<storage::ClaimVolume> volumes = storage::claim_volumes_of(object, pods);
  if (volumes.empty()) return;
  std::string sharers;
  if (object.kind == Kind::kDaemonSet) {
    sharers = "the pods of " + title(object) + " on all nodes share claim ";
  } else {
    const auto replicas = storage::replicas_of(object, context);
    if (!replicas || *replicas < 2) return;
    sharers =
        "all " + std::to_string(*replicas) + " replicas of " + title(object) + " share claim ";
  }
  const bool together = storage::pinned_to_nodes(pods) || co_located(pods);
  for (const storage::ClaimVolume& volume : volumes) {
    const storage::ClaimReference claim = storage::find_claim(object, context, volume.name);
    const Sharing sharing = sharing_of(claim);
    if (sharing == Sharing::kMany) continue;
    const std::string subject = sharers + quoted(volume.name);
    if (claim.nearest.empty()) {
      // claim-not-found speaks where it is absent.
      if (claim.reference.answer != Answer::kUnknown || volume.read_only || together) continue;
      findings.at(kSharedRwoClaim, Severity::kInfo, object, volume.claim_name,
                  subject +
                      ", of which this project does not say whether more than one node may "
                      "use it");
      continue;
    }
    const storage::ClaimSource& source = claim.nearest.front();
    if (sharing == Sharing::kOnePod) {
      // A DaemonSet may have one node; a set of two replicas has two pods wherever they are.
      const bool certain = object.kind != Kind::kDaemonSet;
      findings
          .at(kSharedRwoClaim, certain ? Severity::kError : Severity::kWarning, object,
              volume.claim_name,
              subject +
                  ", which is ReadWriteOncePod: only one pod can use it, the others stay "
                  "Pending")
          .related(source.spec.get("accessModes"), "its access modes")
          .fix(object.kind == Kind::kStatefulSet
                   ? "a claim template (volumeClaimTemplates) gives every pod its own claim"
                   : "use a claim with ReadWriteMany");
    } else if (sharing == Sharing::kOneNode && !together) {
      findings
          .at(kSharedRwoClaim, Severity::kWarning, object, volume.claim_name,
              subject +
                  ", which is ReadWriteOnce: pods on other nodes than the first cannot "
                  "attach it")
          .related(source.spec.get("accessModes"), "its access modes")
          .fix(object.kind == Kind::kStatefulSet
                   ? "a claim template (volumeClaimTemplates) gives every pod its own claim"
                   : "use a claim with ReadWriteMany");
    }
  }
}

}  // namespace sts::lint
