#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctClassUnset{408, "vct-class-unset", Severity::kInfo,
                                 "a claim template that leaves its storage class to the cluster",
                                 check};

static void check(const Object& object, const RuleContext&, Findings& findings) {
  // Charts leave the class to whoever installs them.
  if (!object.rendered_from.empty()) return;
  for (const storage::Claim& claim : storage::claims_of(object)) {
    if (claim.ephemeral || !claim.spec || claim.spec.get("storageClassName") ||
        claim.spec.get("volumeName") || claim.written_otherwise("storageClassName") ||
        claim.item.get("metadata", "annotations")
            .get("volume.beta.kubernetes.io/storage-class")
            .exists()) {
      continue;
    }
    findings
        .at_key(kVctClassUnset, Severity::kInfo, object, claim.spec,
                claim.what + " of " + title(object) +
                    " names no storage class: it gets the cluster's default class, which differs "
                    "between clusters and may not exist")
        .fix("storageClassName: <class>");
  }
}

}  // namespace sts::lint
