#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctRwopCombined{412, "vct-rwop-combined", Severity::kError,
                                   "ReadWriteOncePod together with another access mode", check};

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const storage::Claim& claim : storage::claims_of(object)) {
    const auto modes = storage::access_modes(claim.spec);
    if (!modes) continue;
    kube::Value once_pod;
    kube::Value other;
    for (const kube::Value mode : claim.spec.get("accessModes").items()) {
      (mode.text() == "ReadWriteOncePod" ? once_pod : other) = mode;
    }
    if (!once_pod.exists() || !other.exists()) continue;
    findings
        .at(kVctRwopCombined, Severity::kError, object, once_pod,
            claim.what + " of " + title(object) + " combines ReadWriteOncePod with " +
                std::string(other.text()) + ": " + storage::rejection(object, context.options))
        .related(other, "the other access mode")
        .fix("accessModes: [ReadWriteOncePod]");
  }
}

}  // namespace sts::lint
