#include "kube/semantics/quantity.h"
#include "lint/model/labels.h"
#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

#include <algorithm>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctClassEmpty{409, "vct-class-empty", Severity::kWarning,
                                 "storageClassName \"\" and no volume that would fit", check};

namespace {

bool has_class(kube::Value volume) {
  return !volume.get("spec", "storageClassName").text().empty() ||
         volume.get("metadata", "annotations")
             .get("volume.beta.kubernetes.io/storage-class")
             .exists();
}

/// Why the claim cannot bind to this class-less volume (component-helpers, pv_helpers.go,
/// FindMatchingVolume); "" where it can, or where that is not known.
std::string mismatch(const Object& object, const storage::Claim& claim, std::string_view name,
                     const Object& volume) {
  const kube::Value spec = volume.root.get("spec");
  const auto wanted = storage::access_modes(claim.spec);
  const auto offered = storage::access_modes(spec);
  if (wanted && offered) {
    for (const std::string_view mode : *wanted) {
      if (std::find(offered->begin(), offered->end(), mode) == offered->end()) {
        return "does not offer " + std::string(mode);
      }
    }
  }
  const kube::Value request = claim.spec.get("resources", "requests", "storage");
  const kube::Value capacity = spec.get("capacity", "storage");
  const auto asked = kube::parse_quantity(request.text());
  const auto given = kube::parse_quantity(capacity.text());
  if (asked && given && *given < *asked) {
    return "holds " + std::string(capacity.text()) + ", less than " + std::string(request.text());
  }
  if (selects(claim.spec.get("selector"), Labels{}, read_labels(volume.metadata.get("labels"))) ==
          Match::kNo &&
      claim.spec.get("selector")) {
    return "lacks the labels that the claim template selects";
  }
  const auto owner = spec.get("claimRef", "name").string();
  const std::string prefix = std::string(name) + "-" + std::string(object.name) + "-";
  if (owner && !object.name.empty() && owner->substr(0, prefix.size()) != prefix) {
    return "is kept for claim " + quoted(*owner);
  }
  return {};
}

}  // namespace

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!storage::judges_claim_templates(object)) return;
  for (const storage::Claim& claim : storage::claims_of(object)) {
    const kube::Value storage_class = claim.spec.get("storageClassName");
    const auto name = claim.item.get("metadata", "name").string();
    if (claim.ephemeral || storage_class.string() != std::string_view() || !name) continue;
    const Reference scope = context.index.completeness(object, Kind::kPersistentVolume);
    if (scope.answer != Answer::kAbsent || scope.lone_file) continue;
    const Object* unfit = nullptr;
    std::string reason;
    bool fits = false;
    for (const Object* volume : context.index.of_kind(Kind::kPersistentVolume)) {
      if (has_class(volume->root)) continue;
      const std::string why = mismatch(object, claim, *name, *volume);
      fits = fits || why.empty();
      if (unfit == nullptr) {
        unfit = volume;
        reason = why;
      }
    }
    // Whoever selects or names volumes knows that somebody makes them by hand.
    const bool by_hand = claim.spec.get("selector") || claim.spec.get("volumeName");
    if (fits || (by_hand && unfit == nullptr)) continue;
    auto finding = findings.at_key(
        kVctClassEmpty, Severity::kWarning, object, storage_class,
        claim.what + " of " + title(object) +
            " turns dynamic provisioning off (storageClassName: \"\"), and no PersistentVolume of "
            "this project fits it: its claims stay Pending until somebody makes volumes");
    finding.fix(
        "remove storageClassName for the default class, name a class, or add PersistentVolumes");
    if (unfit != nullptr) {
      finding.related(unfit->metadata.get("name"),
                      "PersistentVolume " + quoted(unfit->name) + " " + reason);
    }
  }
}

}  // namespace sts::lint
