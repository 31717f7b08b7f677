#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/availability/own_labels.h"
#include "lint/rules/shape/common.h"

namespace sts::lint {
namespace {

using namespace availability;
using shape::title;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kSpreadSelectorMismatch{334, "spread-selector-mismatch", Severity::kWarning,
                                          "a topology spread constraint that counts other pods",
                                          check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object)) return;
  const PodTemplate pods = pod_template(object);
  if (object.patched_at(pods.pointer + "/spec/topologySpreadConstraints")) return;
  for (kube::Value constraint : pods.spec.get("topologySpreadConstraints").items()) {
    if (!constraint.is_mapping()) continue;
    const OwnMatch own = match_own(object, constraint.get("labelSelector"), context.index);
    if (!own.missed) continue;
    auto finding = findings.at(kSpreadSelectorMismatch, Severity::kWarning, object,
                               own.place.exists() ? own.place : constraint,
                               "a topologySpreadConstraint of " + title(object) + " " +
                                   own.difference + ": it does not spread them");
    const kube::Value labels = pods.metadata.get("labels");
    if (labels) finding.related_key(labels, "the labels of the pods");
    finding.fix("select the labels of the pods in labelSelector");
  }
}

}  // namespace
}  // namespace sts::lint
