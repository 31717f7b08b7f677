#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kActiveDeadline;

namespace {

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!is_set(object)) return;
  const kube::Value deadline = pod_template(object).spec.get("activeDeadlineSeconds");
  if (!deadline || !shape::sent_as_written(object, deadline)) return;
  findings
      .at_key(kActiveDeadline, Severity::kError, object, deadline,
              title(object) + " sets activeDeadlineSeconds, which the API server does not " +
                  "support in a " + std::string(object.kind_name))
      .fix("remove activeDeadlineSeconds; only a Pod or a Job can have it");
}

}  // namespace

extern const Rule kActiveDeadline{317, "active-deadline", Severity::kError,
                                  "activeDeadlineSeconds in the pod template of a set", check};

}  // namespace sts::lint
