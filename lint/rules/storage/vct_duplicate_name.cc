#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctDuplicateName{406, "vct-duplicate-name", Severity::kWarning,
                                    "two claim templates of one name", check};

static void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!storage::judges_claim_templates(object)) return;
  const storage::NamedList templates = storage::claim_templates_of(object);
  for (std::size_t i = 0; i < templates.all.size(); ++i) {
    const storage::Named& later = templates.all[i];
    for (std::size_t j = 0; j < i && !later.name.empty(); ++j) {
      const storage::Named& earlier = templates.all[j];
      if (earlier.name != later.name) continue;
      // getPersistentVolumeClaims (stateful_set_utils.go) fills a map in order: the last one stays.
      findings
          .at(kVctDuplicateName, Severity::kWarning, object, later.name_value,
              storage::named(object) + " has two claim templates named " +
                  storage::quoted(later.name) +
                  ": the later one replaces the earlier, and pods get one volume")
          .related(earlier.name_value, "the one that is replaced")
          .fix("give one of them another name, or remove it");
      break;
    }
  }
}

}  // namespace sts::lint
