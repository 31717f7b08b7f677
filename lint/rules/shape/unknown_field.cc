#include "kube/semantics/fields.h"
#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/field_faults.h"

#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kUnknownField;

namespace {

using shape::FieldFaults;

/// What is known of a field that the struct it stands in does not have.
std::string hint(const Object& object, const FieldFaults::Key& fault) {
  const std::string key(fault.entry.key.text());
  const std::string& suggestion = fault.judgement.suggestion;
  if (!suggestion.empty()) return "rename it to " + suggestion;
  if (is_set(object) && fault.in_spec) {
    if (key == "strategy")
      return "a " + std::string(object.kind_name) + " has updateStrategy instead";
    if (key == "paused" || key == "progressDeadlineSeconds") {
      return "remove it; only a Deployment has " + key;
    }
    const auto service = kube::root_type("Service");
    const kube::Field* spec = kube::find_field(*service, "spec");
    if (kube::find_field(spec->index, key) != nullptr) {
      return "remove it; " + key + " is a field of a Service";
    }
  }
  return "remove it";
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.from_cluster || (!is_set(object) && object.kind != Kind::kService)) return;
  // A version after the table's may have a field that the table does not.
  const bool newer = context.options.kubernetes_version.minor > kube::kNewestKnown.minor;
  const auto faults = shape::field_faults(object, context.index);
  for (const FieldFaults::Key& fault : faults->keys) {
    if (fault.judgement.verdict != shape::KeyVerdict::kUnknown) continue;
    findings
        .at_key(kUnknownField, newer ? Severity::kWarning : Severity::kError, object,
                fault.entry.value,
                title(object) + " has an unknown field " +
                    shape::path_in(object, fault.entry.value) + ", which strict validation rejects")
        .fix(hint(object, fault));
  }
}

}  // namespace

extern const Rule kUnknownField{311, "unknown-field", Severity::kError,
                                "a field that the API does not have", check};

}  // namespace sts::lint
