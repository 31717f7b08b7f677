#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

#include <string_view>
#include <unordered_map>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctDuplicateName{406, "vct-duplicate-name", Severity::kWarning,
                                    "two claim templates of one name", check};

static void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!storage::judges_claim_templates(object)) return;
  const storage::NamedList templates = storage::claim_templates_of(object);
  std::unordered_map<std::string_view, const storage::Named*> first;
  for (const storage::Named& later : templates.all) {
    if (later.name.empty()) continue;
    const auto [earlier, fresh] = first.emplace(later.name, &later);
    if (fresh) continue;
    // getPersistentVolumeClaims (stateful_set_utils.go) fills a map in order: the last one stays.
    findings
        .at(kVctDuplicateName, Severity::kWarning, object, later.name_value,
            title(object) + " has two claim templates named " + quoted(later.name) +
                ": the later one replaces the earlier, and pods get one volume")
        .related(earlier->second->name_value, "the one that is replaced")
        .fix("give one of them another name, or remove it");
  }
}

}  // namespace sts::lint
