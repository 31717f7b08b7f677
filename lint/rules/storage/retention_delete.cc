#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kRetentionDelete{419, "retention-delete", Severity::kWarning,
                                   "claims that are deleted with their pods or their set", check};

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!storage::judges_claim_templates(object) || storage::rebuildable(object)) return;
  const storage::NamedList templates = storage::claim_templates_of(object);
  if (templates.all.empty()) return;
  const kube::Value policy = object.root.get("spec", "persistentVolumeClaimRetentionPolicy");
  const auto report = [&](std::string_view field, const std::string& what) {
    const kube::Value value = policy.get(field);
    if (value.string() != "Delete" ||
        object.patched_at("/spec/persistentVolumeClaimRetentionPolicy/" + std::string(field))) {
      return;
    }
    const auto scalers = context.index.scalers(object);
    const Object* scaler = field == "whenScaled" && !scalers.empty() ? scalers.front() : nullptr;
    std::string message = what;
    if (scaler != nullptr) {
      message +=
          ", and " + title(*scaler) + " scales it by itself: data is lost whenever load falls";
    }
    auto finding = findings.at(kRetentionDelete, Severity::kWarning, object, value, message);
    if (scaler != nullptr) {
      finding.related(scaler->root.get("spec", "scaleTargetRef"), "what scales the set");
    }
    finding.fix(std::string(field) + ": Retain");
  };
  report("whenDeleted",
         "deleting " + title(object) + " deletes every pod's claims and the data in them");
  report("whenScaled", "scaling " + title(object) +
                           " down deletes the claims of the pods that go, and the data in them");
}

}  // namespace sts::lint
