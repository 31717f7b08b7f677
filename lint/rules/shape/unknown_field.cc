#include "kube/semantics/fields.h"
#include "lint/index/index.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/field_walk.h"

#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kUnknownField;

namespace {

using shape::FieldSite;

/// What is known of a field that the struct it stands in does not have.
std::string hint(const Object& object, const FieldSite& site, const std::string& suggestion) {
  const std::string key(site.key());
  if (!suggestion.empty()) return "rename it to " + suggestion;
  const bool in_spec = site.names.size() == 2 && site.names.back() == "spec";
  if (is_set(object) && in_spec) {
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
  shape::walk_fields(object, [&](const FieldSite& site) {
    const shape::KeyJudgement judgement = shape::judge_key(object, site);
    if (judgement.verdict != shape::KeyVerdict::kUnknown) return;
    if (!shape::sent_as_written(object, site.entry.value)) return;
    findings
        .at_key(kUnknownField, newer ? Severity::kWarning : Severity::kError, object,
                site.entry.value,
                shape::title(object) + " has an unknown field " +
                    shape::path_in(object, site.entry.value) + ", which strict validation rejects")
        .fix(hint(object, site, judgement.suggestion));
  });
}

}  // namespace

extern const Rule kUnknownField{311, "unknown-field", Severity::kError,
                                "a field that the API does not have", check};

}  // namespace sts::lint
