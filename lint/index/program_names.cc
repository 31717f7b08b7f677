#include "lint/index/outside_names.h"

#include <algorithm>
#include <array>

// What sources of programs tell without being read as programs: Terraform, Jsonnet, CUE, Bicep and
// the languages of Pulumi and cdk8s all write `name` with a colon or an equals sign.
namespace sts::lint {
namespace {

// `hostname`, `app.kubernetes.io/name`, `container-name`.
bool belongs_to_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '/' || c == '.' || c == '-';
}

bool contains_any(std::string_view text, const auto& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

// Charts and custom resources, whose Services are called after them.
bool installs(std::string_view text) {
  constexpr std::array<std::string_view, 8> kMarks{
      "helm_release", "kubernetes_manifest", "kubectl_manifest", "helm.template", "Chart(",
      "Release(",     "ConfigFile(",         "CustomResource("};
  return contains_any(text, kMarks);
}

std::string_view skip_blank(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// Where the value of a `name` begins: behind `name:`, `"name" =`, `name+::`; nothing for another
// use of the word.
std::string_view value_of(std::string_view rest) {
  if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
  rest = skip_blank(rest);
  if (!rest.empty() && rest.front() == '+') rest.remove_prefix(1);
  if (rest.empty() || (rest.front() != ':' && rest.front() != '=')) return {};
  const bool comparison = rest.substr(0, 2) == "==" || rest.substr(0, 2) == "=>";
  if (comparison) return {};
  while (!rest.empty() && (rest.front() == ':' || rest.front() == '=')) rest.remove_prefix(1);
  return skip_blank(rest);
}

// A string from its opening quote, or a name that is computed.
NameParts read_value(std::string_view value) {
  if (value.front() == '$' || value.front() == 'f') value.remove_prefix(1);  // C#, Python
  const char quote = value.empty() ? '\0' : value.front();
  if (quote != '"' && quote != '\'' && quote != '`') return {};
  value.remove_prefix(1);
  const std::size_t end = value.find(quote);
  if (end == std::string_view::npos) return {};
  NameParts parts = name_parts(value.substr(0, end));
  // 'db-' + role
  const std::string_view rest = skip_blank(value.substr(end + 1));
  if (!rest.empty() && rest.front() == '+') {
    parts.open = true;
    parts.tail.clear();
  }
  return parts;
}

}  // namespace

bool makes_services(std::string_view text) {
  constexpr std::array<std::string_view, 11> kMarks{
      "kubernetes_service", "kubernetes_manifest", "kubectl_manifest", "\"Service\"",
      "'Service'",          "kind: Service",       "service.new",      "Service(",
      "/Service@",          "service: \"",         "service: ["};
  return contains_any(text, kMarks);
}

std::vector<NameParts> service_names_in(std::string_view program) {
  std::vector<NameParts> names;
  const bool makes = makes_services(program);
  const bool installs_more = installs(program);
  if (!makes && !installs_more) return names;
  constexpr std::string_view kKeys[] = {"name", "Name"};
  for (const std::string_view key : kKeys) {
    for (std::size_t at = program.find(key); at != std::string_view::npos;
         at = program.find(key, at + key.size())) {
      if (at > 0 && belongs_to_word(program[at - 1])) continue;
      const std::string_view line = program.substr(
          at + key.size(), std::min(program.find('\n', at), program.size()) - (at + key.size()));
      const std::string_view value = value_of(line);
      if (value.empty()) continue;
      NameParts parts = read_value(value);
      if (!parts.open && installs_more) names.push_back({parts.head + "-", "", true});
      // A whole name is a word of the text already.
      if (parts.open && makes) names.push_back(std::move(parts));
    }
  }
  return names;
}

}  // namespace sts::lint
