#include "lint/index/index.h"
#include "lint/model/labels.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kSelectorEmpty;

namespace {

using kube::Value;

/// A label to suggest: the template's first.
std::string suggestion(const Labels& labels) {
  for (const auto& [key, value] : labels.known) {
    if (value) return "selector: {matchLabels: {" + key + ": " + *value + "}}";
  }
  return "a spec.selector.matchLabels with the labels of the pod template";
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object) || shape::is_fragment(object)) return;
  // These servers default the selector from the template's labels (pkg/apis/apps/v1beta1 and
  // extensions/v1beta1 defaults.go); what is wrong there is deprecated-api's.
  if (object.api_version == "apps/v1beta1" || object.api_version == "extensions/v1beta1") return;
  if (!shape::sent_as_written(object, "/spec/selector")) return;
  const Value spec = object.root.get("spec");
  if (!spec.is_mapping()) return;
  const Value selector = spec.get("selector");
  if (selector) {
    if (!selector.is_mapping() || selector.is_placeholder()) return;
    const Value labels = selector.get("matchLabels");
    const Value expressions = selector.get("matchExpressions");
    if (labels && (!labels.is_mapping() || labels.size() > 0)) return;
    if (expressions && (!expressions.is_sequence() || expressions.size() > 0)) return;
    // Labels written directly under the selector are field-misplaced's.
    for (const kube::Entry& entry : selector.entries()) {
      if (entry.key.text() != "matchLabels" && entry.key.text() != "matchExpressions") return;
    }
  }
  if (!context.index.selector(object).empty()) return;  // a kustomization adds one
  const std::string what = selector ? " has an empty spec.selector" : " has no spec.selector";
  findings
      .at_key(kSelectorEmpty, Severity::kError, object, selector ? selector : spec,
              title(object) + what + ", so the API server rejects it")
      .fix(suggestion(context.index.template_labels(object)));
}

}  // namespace

extern const Rule kSelectorEmpty{306, "selector-empty", Severity::kError,
                                 "a set without a selector", check};

}  // namespace sts::lint
