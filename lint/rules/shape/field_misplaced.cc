#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/field_faults.h"

#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kFieldMisplaced;

namespace {

using kube::Value;

/// A Service's selector is the labels themselves; a workload's has them under matchLabels.
void check_service_selector(const Object& object, Findings& findings) {
  if (object.kind != Kind::kService) return;
  for (const std::string_view key : {"matchLabels", "matchExpressions"}) {
    const Value value = object.root.get("spec", "selector", key);
    if (!value || value.is_scalar() || !shape::sent_as_written(object, value)) continue;
    auto report = findings.at_key(
        kFieldMisplaced, Severity::kError, object, value,
        title(object) + " has " + std::string(key) +
            " in its selector, but a Service's selector holds the labels themselves, so the API "
            "server rejects it");
    report.fix(key == "matchLabels" ? "put the labels directly under spec.selector"
                                    : "list the labels to match directly under spec.selector");
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.from_cluster || (!is_set(object) && object.kind != Kind::kService)) return;
  check_service_selector(object, findings);
  Value reported;
  const auto faults = shape::field_faults(object, context.index);
  for (const shape::FieldFaults::Key& fault : faults->keys) {
    const shape::KeyJudgement& judgement = fault.judgement;
    if (judgement.verdict != shape::KeyVerdict::kMisplaced) continue;
    // Labels written straight into a selector are one slip, however many they are.
    const bool selector = std::string_view(judgement.home).ends_with(".matchLabels");
    if (selector && reported == fault.parent) continue;
    reported = fault.parent;
    const std::string key(fault.entry.key.text());
    const std::string home = (judgement.home.empty() ? "" : judgement.home + ".") + key;
    findings
        .at_key(kFieldMisplaced, Severity::kError, object, fault.entry.value,
                title(object) + " has " + shape::path_in(object, fault.entry.value) + ", but " +
                    key + " belongs at " + home + ", so strict validation rejects it")
        .fix(judgement.home.empty() ? "move " + key + " to the top level"
                                    : "move " + key + " into " + judgement.home);
  }
}

}  // namespace

extern const Rule kFieldMisplaced{312, "field-misplaced", Severity::kError,
                                  "a field that belongs elsewhere in the object", check};

}  // namespace sts::lint
