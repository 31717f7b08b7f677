#include "lint/index/index.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kDuplicateObject;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object) || object.name.empty() || object.from_cluster) return;
  for (const Object* other : context.index.of_kind(object.kind)) {
    if (other->ordinal >= object.ordinal || other->name != object.name || other->from_cluster) {
      continue;
    }
    if (context.index.same_namespace(object, *other) != SameNamespace::kYes) continue;
    if (!context.index.together(object, *other)) continue;
    findings
        .at(kDuplicateObject, Severity::kWarning, object, object.metadata.get("name"),
            shape::title(object) +
                " is defined twice here: whichever is applied last replaces the "
                "other")
        .fix("keep one of them, or give them different names or namespaces")
        .related(other->metadata.get("name"), "the other one");
    return;
  }
}

}  // namespace

extern const Rule kDuplicateObject{315, "duplicate-object", Severity::kWarning,
                                   "the same StatefulSet or DaemonSet twice", check};

}  // namespace sts::lint
