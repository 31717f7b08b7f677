#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kOnDeleteWithRollingBlock;

namespace {

void check(const Object& object, const RuleContext&, Findings& findings) {
  // A DaemonSet with both is accepted (seen on 1.37.1).
  if (object.kind != Kind::kStatefulSet) return;
  const kube::Value strategy = object.root.get("spec", "updateStrategy");
  const kube::Value type = strategy.get("type");
  const kube::Value rolling = strategy.get("rollingUpdate");
  if (type.string() != "OnDelete" || !rolling) return;
  if (!shape::sent_as_written(object, strategy)) return;
  findings
      .at_key(kOnDeleteWithRollingBlock, Severity::kError, object, rolling,
              title(object) + " has updateStrategy.type OnDelete and a rollingUpdate block: " +
                  "the block is only allowed for RollingUpdate, so the API server rejects it")
      .fix("remove rollingUpdate, or set type: RollingUpdate")
      .related(type, "the type is set here");
}

}  // namespace

extern const Rule kOnDeleteWithRollingBlock{318, "on-delete-with-rolling-block", Severity::kError,
                                            "updateStrategy OnDelete with a rollingUpdate block",
                                            check};

}  // namespace sts::lint
