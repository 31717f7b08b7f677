#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/availability/own_labels.h"

namespace sts::lint {
namespace {

using namespace availability;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kSpreadSelectorMismatch{334, "spread-selector-mismatch", Severity::kWarning,
                                          "a topology spread constraint that counts other pods",
                                          check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const PodTemplate pods = pods_as_written(object, "topologySpreadConstraints");
  for (kube::Value constraint : pods.spec.get("topologySpreadConstraints").items()) {
    if (!constraint.is_mapping()) continue;
    const OwnMatch own = match_own(object, constraint.get("labelSelector"), context.index);
    if (!own.missed) continue;
    report_missed(findings, kSpreadSelectorMismatch, object, own, constraint,
                  "a topologySpreadConstraint", "it does not spread them");
  }
}

}  // namespace
}  // namespace sts::lint
