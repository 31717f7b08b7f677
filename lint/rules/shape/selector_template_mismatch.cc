#include "lint/index/index.h"
#include "lint/model/labels.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kSelectorTemplateMismatch;

namespace {

using kube::Value;

std::string key_value(const std::string& key, const std::optional<std::string>& value) {
  return key + "=" + value.value_or("?");
}

/// The first of the expressions that these labels do not meet.
Value unmet_expression(const Labels& labels, Value selector) {
  for (Value requirement : selector.get("matchExpressions").items()) {
    const auto key = requirement.get("key").string();
    const auto op = requirement.get("operator").string();
    if (!key || !op || labels.open) continue;
    const auto at = labels.known.find(*key);
    const bool has = at != labels.known.end();
    if (has && !at->second) continue;
    bool listed = false;
    for (Value value : requirement.get("values").items()) {
      listed = listed || (has && value.text() == *at->second);
    }
    const bool met = *op == "In"       ? has && listed
                     : *op == "NotIn"  ? !has || !listed
                     : *op == "Exists" ? has
                                       : !has;
    if (!met) return requirement;
  }
  return {};
}

/// "tier In [data, cache]".
std::string described(Value requirement) {
  if (!requirement) return "other labels";
  std::string out = std::string(requirement.get("key").text()) + " " +
                    std::string(requirement.get("operator").text());
  std::string values;
  for (Value value : requirement.get("values").items()) {
    values += (values.empty() ? "" : ", ") + std::string(value.text());
  }
  return values.empty() ? out : out + " [" + values + "]";
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object)) return;
  const Value selector = object.root.get("spec", "selector");
  const PodTemplate pods = pod_template(object);
  if (!selector.is_mapping() || !pods || shape::is_fragment(object)) return;
  if (!shape::sent_as_written(object, "/spec/selector") ||
      !shape::sent_as_written(object, "/spec/template/metadata/labels")) {
    return;
  }
  const Labels wanted = context.index.selector(object);
  const Labels labels = context.index.template_labels(object);
  if (selects(selector, wanted, labels) != Match::kNo) return;

  const Value written = pods.metadata.get("labels");
  const std::string end = ", so the API server rejects it";
  const std::string key = mismatching_key(wanted, labels);
  if (key.empty()) {
    const Value requirement = unmet_expression(labels, selector);
    auto report =
        findings.at(kSelectorTemplateMismatch, Severity::kError, object,
                    requirement ? requirement.get("key") : selector,
                    title(object) + " has a selector that asks for " + described(requirement) +
                        ", which the labels of its own pod template do not meet" + end);
    if (written) report.related_key(written, "the pod template's labels");
    return;
  }
  const auto label = labels.known.find(key);
  const auto want = wanted.known.find(key);
  const std::string selected = key_value(key, want->second);
  std::string message =
      title(object) + " selects pods with " + selected + ", but its pod template ";
  if (label != labels.known.end()) {
    message += "is labelled " + key_value(key, label->second);
  } else {
    message += labels.known.empty() ? "has no labels" : "has no label " + key;
  }
  const Value at = selector.get("matchLabels", key);
  auto report = findings.at(kSelectorTemplateMismatch, Severity::kError, object, at ? at : selector,
                            message + end);
  report.fix("label the pod template " + key + ": " + want->second.value_or("?"));
  const Value there = written.get(key);
  if (there) {
    report.related(there, "the pod template's label");
  } else if (written) {
    report.related_key(written, "the pod template's labels");
  }
}

}  // namespace

extern const Rule kSelectorTemplateMismatch{
    305, "selector-template-mismatch", Severity::kError,
    "a selector that does not match the labels of its own pod template", check};

}  // namespace sts::lint
