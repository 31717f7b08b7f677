#include "lint/rule.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace sts::lint {

#define RULE(name) extern const Rule name;
#include "lint/rules/list.inc"
#undef RULE

const std::vector<const Rule*>& all_rules() {
  static const std::vector<const Rule*> rules = {
#define RULE(name) &name,
#include "lint/rules/list.inc"
#undef RULE
  };
  return rules;
}

const Rule* find_rule(std::string_view id_or_code) {
  for (const Rule* rule : all_rules()) {
    if (rule->id == id_or_code) return rule;
  }
  if (id_or_code.size() != 6) return nullptr;
  for (std::size_t i = 0; i < 3; ++i) {
    if (std::toupper(static_cast<unsigned char>(id_or_code[i])) != "STS"[i]) return nullptr;
  }
  int code = 0;
  const auto [end, error] =
      std::from_chars(id_or_code.data() + 3, id_or_code.data() + id_or_code.size(), code);
  if (error != std::errc{} || end != id_or_code.data() + id_or_code.size()) return nullptr;
  for (const Rule* rule : all_rules()) {
    if (rule->code == code) return rule;
  }
  return nullptr;
}

std::string code_of(const Rule& rule) {
  std::string digits = std::to_string(rule.code);
  return "STS" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

}  // namespace sts::lint
