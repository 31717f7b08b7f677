#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kUnstableLabelInImmutable;

namespace {

using kube::Value;

bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

bool hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); });
}

/// A number, a dot and a number somewhere: "1.27", "redis-17.3.2".
bool holds_version(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '.' && digit(text[i - 1]) && digit(text[i + 1])) return true;
  }
  return false;
}

/// An abbreviated or full git commit: all letters or all digits is rather a word or a number.
bool commit_like(std::string_view text) {
  if (text.size() != 40 && (text.size() < 7 || text.size() > 12)) return false;
  const auto digits = std::count_if(text.begin(), text.end(), digit);
  return hex(text) && digits > 0 && static_cast<std::size_t>(digits) < text.size();
}

/// 20240131, 2024-01-31, 20240131T1200.
bool date_like(std::string_view text) {
  if (text.substr(0, 2) != "20") return false;
  std::string digits;
  for (const char c : text.substr(0, 10)) {
    if (digit(c)) {
      digits += c;
    } else if (c != '-' && c != '.') {
      break;
    }
  }
  if (digits.size() < 8) return false;
  const int month = (digits[4] - '0') * 10 + digits[5] - '0';
  const int day = (digits[6] - '0') * 10 + digits[7] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/// Why this label will not stay what it is; "" for one that may.
std::string reason(std::string_view key, std::string_view value) {
  if ((key == "helm.sh/chart" || key == "chart") && holds_version(value)) {
    return "the chart's version";
  }
  if (key == "app.kubernetes.io/version" && holds_version(value))
    return "the application's version";
  // Release.Service was "Tiller" in Helm 2 and has been "Helm" ever since.
  if (key == "heritage" && value == "Tiller") return "the name of Helm 2's server";
  if (commit_like(value)) return "what looks like a commit";
  if (date_like(value)) return "what looks like a date";
  return {};
}

void look_at(const Object& object, Value labels, const std::string& what, const std::string& where,
             Findings& findings) {
  for (const kube::Entry& entry : labels.entries()) {
    const auto value = entry.value.string();
    if (!value) continue;
    const std::string why = reason(entry.key.text(), *value);
    if (why.empty()) continue;
    const std::string key(entry.key.text());
    findings
        .at(kUnstableLabelInImmutable, Severity::kWarning, object, entry.value,
            title(object) + " has the " + what + " " + key + ": " + std::string(*value) + " (" +
                why + ") in " + where + ", which cannot be changed later: the next release with " +
                "another value is refused")
        .fix("leave " + key + " out of " + where);
  }
}

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!is_set(object)) return;
  const Value spec = object.root.get("spec");
  // ValidateStatefulSetUpdate and ValidateDaemonSetUpdate (pkg/apis/apps/validation): the selector,
  // and of a StatefulSet all of volumeClaimTemplates, metadata included.
  look_at(object, spec.get("selector", "matchLabels"), "label", "spec.selector", findings);
  if (object.kind != Kind::kStatefulSet) return;
  for (Value claim : spec.get("volumeClaimTemplates").items()) {
    const Value metadata = claim.get("metadata");
    look_at(object, metadata.get("labels"), "label", "spec.volumeClaimTemplates", findings);
    look_at(object, metadata.get("annotations"), "annotation", "spec.volumeClaimTemplates",
            findings);
  }
}

}  // namespace

extern const Rule kUnstableLabelInImmutable{
    308, "unstable-label-in-immutable", Severity::kWarning,
    "a label that changes with releases where it can never be changed", check};

}  // namespace sts::lint
