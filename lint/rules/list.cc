#include "lint/model/near_miss.h"
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
  std::string_view digits = id_or_code;
  if (digits.size() == 6) {
    for (std::size_t i = 0; i < 3; ++i) {
      if (std::toupper(static_cast<unsigned char>(digits[i])) != "STS"[i]) return nullptr;
    }
    digits.remove_prefix(3);
  }
  int code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
  if (digits.size() != 3 || error != std::errc{} || end != digits.data() + 3) return nullptr;
  for (const Rule* rule : all_rules()) {
    if (rule->code == code) return rule;
  }
  return nullptr;
}

const Rule* nearest_rule(std::string_view id) {
  std::string plain(id);
  for (char& c : plain) {
    c = c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (const Rule* const same = find_rule(plain)) return same;
  std::vector<std::string_view> ids;
  for (const Rule* rule : all_rules()) ids.push_back(rule->id);
  const auto near = nearest(plain, ids);
  return near ? all_rules()[*near] : nullptr;
}

std::string code_of(const Rule& rule) {
  std::string digits = std::to_string(rule.code);
  return "STS" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

}  // namespace sts::lint
