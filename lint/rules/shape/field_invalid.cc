#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/field_faults.h"

#include <string>
#include <utility>

namespace sts::lint {

extern const Rule kFieldInvalid;

namespace {

std::string prefix(const Object& object) {
  return "the API server rejects " + title(object) + ": ";
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object) || object.from_cluster) return;
  const auto faults = shape::field_faults(object, context.index);
  for (const shape::FieldFaults::Bad& bad : faults->values) {
    std::string message = prefix(object) + shape::path_in(object, bad.value) + " " + bad.problem;
    auto report =
        bad.value.is_scalar()
            ? findings.at(kFieldInvalid, Severity::kError, object, bad.value, std::move(message))
            : findings.at_key(kFieldInvalid, Severity::kError, object, shape::anchor(bad.value),
                              std::move(message));
    if (!bad.fix.empty()) report.fix(bad.fix);
  }
}

}  // namespace

extern const Rule kFieldInvalid{313, "field-invalid", Severity::kError,
                                "a value that the API server refuses", check};

}  // namespace sts::lint
