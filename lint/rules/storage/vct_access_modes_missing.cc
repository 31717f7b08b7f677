#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctAccessModesMissing{404, "vct-access-modes-missing", Severity::kError,
                                         "a claim template without access modes", check};

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const storage::Claim& claim : storage::claims_of(object)) {
    const auto modes = storage::access_modes(claim.spec);
    if (!modes || !modes->empty() || claim.written_otherwise("accessModes")) continue;
    const std::string message = claim.what + " of " + title(object) + " has no access modes: " +
                                storage::rejection(object, context.options);
    const kube::Value parent =
        claim.spec.get("accessModes").exists() ? claim.spec.get("accessModes") : claim.spec;
    auto finding =
        parent.exists()
            ? findings.at_key(kVctAccessModesMissing, Severity::kError, object, parent, message)
            : findings.at(kVctAccessModesMissing, Severity::kError, object, claim.name, message);
    finding.fix("accessModes: [ReadWriteOnce]");
  }
}

}  // namespace sts::lint
