#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kTerminationGraceZero;

namespace {

void check(const Object& object, const RuleContext&, Findings& findings) {
  // Node agents ship 0 on purpose: StatefulSets only.
  if (object.kind != Kind::kStatefulSet) return;
  const kube::Value grace = pod_template(object).spec.get("terminationGracePeriodSeconds");
  if (grace.integer() != 0 || object.patched_at(shape::pointer_in(object, grace))) return;
  findings
      .at(kTerminationGraceZero, Severity::kWarning, object, grace,
          title(object) + " sets terminationGracePeriodSeconds: 0, which deletes its pods " +
              "without waiting for the node: two pods of one ordinal may then run on the same data")
      .fix("terminationGracePeriodSeconds: 30, or leave it out");
}

}  // namespace

extern const Rule kTerminationGraceZero{320, "termination-grace-zero", Severity::kWarning,
                                        "terminationGracePeriodSeconds 0 in a StatefulSet", check};

}  // namespace sts::lint
