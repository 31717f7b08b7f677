#include "lint/model/text.h"
#include "lint/rules/storage/claim_reference.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kClaimNotFound{416, "claim-not-found", Severity::kError,
                                 "a volume whose claim nothing in the project makes", check};

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  const PodTemplate pods = pod_template(object);
  if (!pods) return;
  for (const storage::ClaimVolume& volume : storage::claim_volumes_of(object, pods)) {
    const storage::ClaimReference claim = storage::find_claim(object, context, volume.name);
    if (!claim.nearest.empty() || claim.reference.answer != Answer::kAbsent) continue;
    const auto meant = storage::meant_claim(object, context, volume.name);
    // Claims made by hand are common; of kinds that are not ours only slips are told.
    if (!meant && !is_set(object)) continue;
    const bool proven = meant && !claim.reference.lone_file;
    auto finding = findings.at(
        kClaimNotFound, proven ? Severity::kError : Severity::kWarning, object, volume.claim_name,
        (volume.volume.name.empty() ? std::string("a volume")
                                    : "volume " + quoted(volume.volume.name)) +
            " of " + title(object) + " uses claim " + quoted(volume.name) + ", which " +
            (claim.reference.lone_file ? "nothing in this file makes"
                                       : "nothing in this project makes") +
            ": its pods stay Pending until it exists");
    if (meant) {
      finding.related(meant->source.name, meant->source.object->kind == Kind::kStatefulSet
                                              ? title(*meant->source.object) + " makes claim " +
                                                    quoted(meant->name) + " of this template"
                                              : "claim " + quoted(meant->name));
      finding.fix("claimName: " + meant->name);
    } else {
      finding.fix("add a PersistentVolumeClaim of that name");
    }
  }
}

}  // namespace sts::lint
