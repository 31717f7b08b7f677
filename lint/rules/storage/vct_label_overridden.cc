#include "lint/index/kustomize.h"
#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctLabelOverridden{414, "vct-label-overridden", Severity::kInfo,
                                      "a claim template's label that the set's selector replaces",
                                      check};

namespace {

/// kustomize writes these into selector and claim templates alike.
bool kustomize_sets(const Object& object, std::string_view key) {
  for (const Kustomization* kustomization : object.kustomizations) {
    if (kustomization->selector_labels.known.count(key) != 0) return true;
  }
  return false;
}

}  // namespace

static void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!storage::judges_claim_templates(object) || object.patched_at("/spec/selector")) return;
  const kube::Value selector = object.root.get("spec", "selector", "matchLabels");
  for (const storage::Claim& claim : storage::claims_of(object)) {
    if (claim.ephemeral) continue;
    for (const kube::Entry& label : claim.item.get("metadata", "labels").entries()) {
      const kube::Value replacement = selector.get(label.key.text());
      const auto theirs = replacement.string();
      const auto ours = label.value.string();
      if (!theirs || !ours || *theirs == *ours || kustomize_sets(object, label.key.text())) {
        continue;
      }
      // getPersistentVolumeClaims (stateful_set_utils.go) writes matchLabels over
      // the template's own labels.
      findings
          .at(kVctLabelOverridden, Severity::kInfo, object, label.value,
              claim.what + " of " + title(object) + " labels its claims " +
                  std::string(label.key.text()) + "=" + std::string(*ours) +
                  ", but the set's selector makes that " + std::string(label.key.text()) + "=" +
                  std::string(*theirs))
          .related(replacement, "the selector's value, which the claims get")
          .fix(std::string(label.key.text()) + ": " + std::string(*theirs));
    }
  }
}

}  // namespace sts::lint
