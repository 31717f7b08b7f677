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

bool holds(const LabelExpression& expression,
           const std::map<std::string, std::string, std::less<>>& labels) {
  const auto label = labels.find(expression.key);
  const bool there = label != labels.end();
  const bool among = there && std::find(expression.values.begin(), expression.values.end(),
                                        label->second) != expression.values.end();
  if (expression.op == "In") return among;
  if (expression.op == "NotIn") return !among;
  if (expression.op == "Exists") return there;
  return expression.op == "DoesNotExist" && !there;
}

}  // namespace

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
