#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kRetentionTightened{508,
                                      "retention-tightened",
                                      Severity::kWarning,
                                      "claims that are kept today and would be deleted from now on",
                                      nullptr,
                                      false,
                                      check};

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  (void)context;
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  const Object& set = *change.after;
  if (ClaimTemplates(set).all.empty()) return;
  for (const std::string_view field : {"whenDeleted", "whenScaled"}) {
    const std::string pointer = "/spec/persistentVolumeClaimRetentionPolicy/" + std::string(field);
    if (!field_known(change, pointer)) continue;
    const kube::Value is = value_at(set, pointer);
    const kube::Value was = value_at(*change.before, pointer);
    if (is.string() != "Delete") continue;
    if (was && was.string() != "Retain") continue;
    auto finding = findings.at(
        kRetentionTightened, Severity::kWarning, set, is,
        std::string(field) + " of " + title(set) +
            " goes from Retain to Delete: the claims that exist already are deleted, too, when " +
            (field == "whenDeleted" ? "the set is deleted" : "the set is scaled down"));
    if (was) finding.related(was, "what it was");
    finding.fix(std::string(field) + ": Retain");
  }
}

}  // namespace sts::lint
