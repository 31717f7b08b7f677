#include "kube/semantics/known_labels.h"

#include <algorithm>

namespace sts::kube {
namespace {

Match both(Match a, Match b) {
  if (a == Match::kNo || b == Match::kNo) return Match::kNo;
  return a == Match::kYes && b == Match::kYes ? Match::kYes : Match::kUnknown;
}

Match has_key(std::string_view key, const Labels& labels) {
  if (labels.known.find(key) != labels.known.end()) return Match::kYes;
  return labels.open ? Match::kUnknown : Match::kNo;
}

Match has_value(std::string_view key, const std::optional<std::string>& value,
                const Labels& labels) {
  const auto found = labels.known.find(key);
  if (found == labels.known.end()) return labels.open ? Match::kUnknown : Match::kNo;
  if (!value || !found->second) return Match::kUnknown;
  return *value == *found->second ? Match::kYes : Match::kNo;
}

Match is_in(std::string_view key, Value values, const Labels& labels) {
  if (!values.is_sequence()) return Match::kUnknown;
  Match result = has_key(key, labels) == Match::kUnknown ? Match::kUnknown : Match::kNo;
  for (Value item : values.items()) {
    std::optional<std::string> value;
    if (const auto text = item.string()) value = std::string(*text);
    const Match match = has_value(key, value, labels);
    if (match == Match::kYes) return Match::kYes;
    if (match == Match::kUnknown) result = Match::kUnknown;
  }
  return result;
}

Match holds(Value requirement, const Labels& labels) {
  const auto key = requirement.get("key").string();
  const auto op = requirement.get("operator").string();
  if (!key || !op) return Match::kUnknown;
  const bool lists = *op == "In" || *op == "NotIn";
  return requirement_holds(
      *op, has_key(*key, labels),
      lists ? is_in(*key, requirement.get("values"), labels) : Match::kUnknown);
}

}  // namespace

Labels read_labels(Value mapping) {
  Labels labels;
  if (!mapping) return labels;
  if (!mapping.is_mapping()) {
    labels.open = true;
    return labels;
  }
  for (const Entry& entry : mapping.entries()) {
    if (entry.key.is_placeholder()) {
      labels.open = true;
      continue;
    }
    std::optional<std::string> value;
    if (const auto text = entry.value.string()) value = std::string(*text);
    labels.known.insert_or_assign(std::string(entry.key.text()), std::move(value));
  }
  return labels;
}

Match selects(const Labels& selector, const Labels& labels) {
  if (selector.empty()) return Match::kNo;
  Match result = selector.open ? Match::kUnknown : Match::kYes;
  for (const auto& [key, value] : selector.known) {
    result = both(result, has_value(key, value, labels));
    if (result == Match::kNo) return result;
  }
  return result;
}

std::string mismatching_key(const Labels& selector, const Labels& labels) {
  for (const auto& [key, value] : selector.known) {
    if (has_value(key, value, labels) == Match::kNo) return key;
  }
  return {};
}

Match selects(Value label_selector, const Labels& extra, const Labels& labels) {
  if (!label_selector && extra.empty()) return Match::kNo;
  if (label_selector && !label_selector.is_mapping()) return Match::kUnknown;

  Labels pairs = read_labels(label_selector.get("matchLabels"));
  for (const auto& [key, value] : extra.known) pairs.known.insert_or_assign(key, value);
  pairs.open = pairs.open || extra.open;

  Match result = pairs.empty() ? Match::kYes : selects(pairs, labels);
  const Value expressions = label_selector.get("matchExpressions");
  if (expressions && !expressions.is_sequence()) result = both(result, Match::kUnknown);
  for (Value requirement : expressions.items()) {
    result = both(result, holds(requirement, labels));
  }
  return result;
}

}  // namespace sts::kube
