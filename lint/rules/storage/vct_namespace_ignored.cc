#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctNamespaceIgnored{413, "vct-namespace-ignored", Severity::kInfo,
                                       "a claim template with a namespace", check};

static void check(const Object& object, const RuleContext&, Findings& findings) {
  for (const storage::Claim& claim : storage::claims_of(object)) {
    const kube::Value name_space = claim.item.get("metadata", "namespace");
    const auto name = name_space.string();
    if (!name || name->empty() || *name == object.name_space.name) continue;
    // getPersistentVolumeClaims (stateful_set_utils.go): claim.Namespace = set.Namespace.
    auto finding =
        findings.at(kVctNamespaceIgnored, Severity::kInfo, object, name_space,
                    claim.what + " of " + title(object) + " names namespace " + quoted(*name) +
                        ", which is ignored: claims are made in the pods' namespace" +
                        (object.name_space.known() ? ", " + quoted(object.name_space.name) : ""));
    finding.fix("remove the namespace");
    if (object.metadata.get("namespace")) {
      finding.related(object.metadata.get("namespace"), "the pods' namespace");
    }
  }
}

}  // namespace sts::lint
