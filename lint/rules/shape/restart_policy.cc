#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kRestartPolicy;

namespace {

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!is_set(object)) return;
  const kube::Value policy = pod_template(object).spec.get("restartPolicy");
  const auto text = policy.string();
  if (!text || text->empty() || *text == "Always") return;
  if (!shape::sent_as_written(object, policy)) return;
  findings
      .at(kRestartPolicy, Severity::kError, object, policy,
          title(object) + " sets restartPolicy: " + std::string(*text) + ", but the pods of a " +
              std::string(object.kind_name) + " can only have Always, so the API server rejects it")
      .fix("restartPolicy: Always, or leave it out");
}

}  // namespace

extern const Rule kRestartPolicy{316, "restart-policy", Severity::kError,
                                 "a restartPolicy that a set may not have", check};

}  // namespace sts::lint
