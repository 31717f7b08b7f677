#include "kube/semantics/names.h"

#include <algorithm>

namespace sts::kube {

namespace {

bool lower_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool alnum(char c) { return lower_alnum(c) || (c >= 'A' && c <= 'Z'); }

template <typename Ends, typename Inside>
bool shaped(std::string_view text, Ends ends, Inside inside) {
  return !text.empty() && ends(text.front()) && ends(text.back()) &&
         std::all_of(text.begin(), text.end(), inside);
}

bool is_label(std::string_view text) {
  return shaped(text, lower_alnum, [](char c) { return lower_alnum(c) || c == '-'; });
}

std::string too_long(std::size_t limit) {
  return "must be no more than " + std::to_string(limit) + " characters";
}

bool qualified_shape(std::string_view text) {
  return shaped(text, alnum, [](char c) { return alnum(c) || c == '-' || c == '_' || c == '.'; });
}

}  // namespace

std::string dns1123_label_problem(std::string_view name) {
  if (name.size() > kMaxLabelLength) return too_long(kMaxLabelLength);
  if (is_label(name)) return {};
  if (dns1123_subdomain_problem(name).empty()) return "must not contain dots";
  return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
         "and must start and end with an alphanumeric character";
}

std::string dns1123_subdomain_problem(std::string_view name) {
  if (name.size() > kMaxSubdomainLength) return too_long(kMaxSubdomainLength);
  std::string_view rest = name;
  for (;;) {
    const std::size_t dot = rest.find('.');
    if (!is_label(rest.substr(0, dot))) {
      return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
             "'-' or '.', and must start and end with an alphanumeric character";
    }
    if (dot == std::string_view::npos) return {};
    rest.remove_prefix(dot + 1);
  }
}

std::string port_name_problem(std::string_view name) {
  if (name.size() > 15) return too_long(15);
  if (!std::all_of(name.begin(), name.end(), [](char c) { return lower_alnum(c) || c == '-'; })) {
    return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
  }
  if (!std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
    return "must contain at least one letter (a-z)";
  }
  if (name.find("--") != std::string_view::npos) return "must not contain consecutive hyphens";
  if (name.front() == '-' || name.back() == '-') return "must not begin or end with a hyphen";
  return {};
}

std::string label_value_problem(std::string_view value) {
  if (value.empty()) return {};
  if (value.size() > kMaxLabelLength) return too_long(kMaxLabelLength);
  if (qualified_shape(value)) return {};
  return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or "
         "'.', and must start and end with an alphanumeric character";
}

std::string qualified_name_problem(std::string_view key) {
  const std::size_t slash = key.find('/');
  std::string_view name = key;
  if (slash != std::string_view::npos) {
    name = key.substr(slash + 1);
    const std::string_view prefix = key.substr(0, slash);
    if (prefix.empty()) return "prefix part must be non-empty";
    if (const std::string problem = dns1123_subdomain_problem(prefix); !problem.empty()) {
      return "prefix part " + problem;
    }
  }
  if (name.empty()) return "name part must be non-empty";
  if (name.size() > kMaxLabelLength) return "name part " + too_long(kMaxLabelLength);
  if (qualified_shape(name)) return {};
  return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and "
         "end with an alphanumeric character";
}

}  // namespace sts::kube
