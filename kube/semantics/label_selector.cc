#include "kube/semantics/label_selector.h"

#include <algorithm>

namespace sts::kube {
namespace {

std::string format(const LabelExpression& expression) {
  if (expression.op == "Exists") return expression.key;
  if (expression.op == "DoesNotExist") return "!" + expression.key;
  std::string out = expression.key + (expression.op == "NotIn" ? " notin (" : " in (");
  for (std::size_t i = 0; i < expression.values.size(); ++i) {
    if (i > 0) out += ',';
    out += expression.values[i];
  }
  return out + ")";
}

Match answer(bool holds) { return holds ? Match::kYes : Match::kNo; }

bool holds(const LabelExpression& expression,
           const std::map<std::string, std::string, std::less<>>& labels) {
  const auto label = labels.find(expression.key);
  const bool there = label != labels.end();
  const bool listed = there && std::find(expression.values.begin(), expression.values.end(),
                                         label->second) != expression.values.end();
  return requirement_holds(expression.op, answer(there), answer(listed)) == Match::kYes;
}

Match negated(Match match) {
  if (match == Match::kUnknown) return match;
  return match == Match::kYes ? Match::kNo : Match::kYes;
}

}  // namespace

Match requirement_holds(std::string_view op, Match has_key, Match is_listed) {
  if (op == "Exists") return has_key;
  if (op == "DoesNotExist") return negated(has_key);
  if (op == "In") return is_listed;
  if (op == "NotIn") return negated(is_listed);
  return Match::kUnknown;
}

std::string to_query(const LabelSelector& selector) {
  std::string out;
  const auto add = [&](const std::string& requirement) {
    if (!out.empty()) out += ',';
    out += requirement;
  };
  for (const auto& [key, value] : selector.match_labels) add(key + "=" + value);
  for (const LabelExpression& expression : selector.expressions) add(format(expression));
  return out;
}

bool matches(const LabelSelector& selector,
             const std::map<std::string, std::string, std::less<>>& labels) {
  return mismatching_key(selector.match_labels, labels).empty() &&
         std::all_of(selector.expressions.begin(), selector.expressions.end(),
                     [&](const LabelExpression& expression) { return holds(expression, labels); });
}

std::string_view mismatching_key(const std::map<std::string, std::string, std::less<>>& selector,
                                 const std::map<std::string, std::string, std::less<>>& labels) {
  for (const auto& [key, value] : selector) {
    const auto label = labels.find(key);
    if (label == labels.end() || label->second != value) return key;
  }
  return {};
}

}  // namespace sts::kube
