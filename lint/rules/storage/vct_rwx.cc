#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctRwx{411, "vct-rwx", Severity::kInfo, "a claim template with ReadWriteMany",
                          check};

static void check(const Object& object, const RuleContext&, Findings& findings) {
  for (const storage::Claim& claim : storage::claims_of(object)) {
    if (claim.ephemeral) continue;
    for (const kube::Value mode : claim.spec.get("accessModes").items()) {
      if (mode.text() != "ReadWriteMany") continue;
      findings
          .at(kVctRwx, Severity::kInfo, object, mode,
              claim.what + " of " + storage::named(object) +
                  " asks for ReadWriteMany, but every pod has a claim of its own: it only narrows "
                  "the choice of drivers")
          .fix("ReadWriteOnce");
      break;
    }
  }
}

}  // namespace sts::lint
