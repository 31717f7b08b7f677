#include "cmd/lint_values.h"

#include "kube/semantics/names.h"
#include "lint/report/escape.h"
#include "lint/report/format.h"
#include "lint/rule.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace sts::cmd {
namespace {

// "100Mi", "1G", "4096": bytes in powers of 1024; below 4 GiB, which is what a source can hold.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit.ends_with('B')) unit.remove_suffix(1);
  if (unit.ends_with('i') && unit.size() > 1) unit.remove_suffix(1);
  static const std::map<std::string_view, int> kShifts = {
      {"", 0}, {"k", 10}, {"K", 10}, {"M", 20}, {"G", 30}};
  const auto shift = kShifts.find(unit);
  constexpr std::uint64_t kLimit = (1ULL << 32) - 1;
  if (shift == kShifts.end() || number == 0 || number > (kLimit >> shift->second)) {
    return std::nullopt;
  }
  return number << shift->second;
}

template <typename T>
std::optional<std::string> choose(const std::optional<std::string>& text, const std::string& flag,
                                  const std::vector<std::pair<std::string, T>>& choices, T& into) {
  if (!text) return std::nullopt;
  std::string names;
  for (const auto& [name, value] : choices) {
    if (name == *text) {
      into = value;
      return std::nullopt;
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  return "invalid value " + in_quotes(*text) + " for " + flag + ": it is one of " + names;
}

std::optional<std::string> enable_rules(const std::vector<std::string>& given,
                                        std::vector<std::string>& enabled) {
  for (std::string_view list : given) {
    while (!list.empty()) {
      const std::size_t end = std::min(list.find(','), list.size());
      const std::string_view id = list.substr(0, end);
      list.remove_prefix(std::min(end + 1, list.size()));
      const lint::Rule* const rule = lint::find_rule(id);
      if (rule == nullptr) {
        std::string message = "--enable: no rule is called " + in_quotes(id);
        if (const lint::Rule* const meant = lint::nearest_rule(id)) {
          message += "; did you mean " + std::string(meant->id) + "?";
        }
        return message;
      }
      enabled.emplace_back(rule->id);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> interpret_colour(const std::optional<std::string>& text,
                                            ColourChoice& colour) {
  return choose<ColourChoice>(text, "--color",
                              {{"auto", ColourChoice::kAuto},
                               {"always", ColourChoice::kAlways},
                               {"never", ColourChoice::kNever}},
                              colour);
}

std::string in_quotes(std::string_view text) { return "\"" + lint::printable(text) + "\""; }

std::optional<std::string> interpret(const LintText& text, LintCommand& command) {
  if (text.output) {
    command.output = *text.output;
    if (lint::find_format(*text.output) == nullptr) {
      std::string names;
      for (const lint::Format& format : lint::formats()) {
        names += (names.empty() ? "" : ",") + std::string(format.name);
      }
      return "unable to match a printer suitable for the output format " + in_quotes(*text.output) +
             ", allowed formats are: " + names;
    }
  }
  using Fail = std::optional<lint::Severity>;
  if (auto wrong = choose<Fail>(text.fail_on, "--fail-on",
                                {{"error", lint::Severity::kError},
                                 {"warning", lint::Severity::kWarning},
                                 {"info", lint::Severity::kInfo},
                                 {"never", std::nullopt}},
                                command.fail_on)) {
    return wrong;
  }
  if (auto wrong = interpret_colour(text.colour, command.colour)) return wrong;
  if (auto wrong = choose<lint::Completeness>(text.assume, "--assume",
                                              {{"auto", lint::Completeness::kAuto},
                                               {"complete", lint::Completeness::kComplete},
                                               {"partial", lint::Completeness::kPartial}},
                                              command.assume)) {
    return wrong;
  }
  if (text.version) {
    command.kubernetes_version = kube::parse_version(*text.version);
    if (!command.kubernetes_version) {
      return "invalid value " + in_quotes(*text.version) +
             " for --kubernetes-version: write it as 1.34 or 1.34.2";
    }
  }
  if (text.domain) {
    command.cluster_domain = *text.domain;
    if (const std::string why = kube::dns1123_subdomain_problem(*text.domain); !why.empty()) {
      return "invalid value " + in_quotes(*text.domain) + " for --cluster-domain: " + why;
    }
  }
  if (text.name_space && !text.name_space->empty()) {
    command.name_space = *text.name_space;
    if (const std::string why = kube::dns1123_label_problem(*text.name_space); !why.empty()) {
      return "invalid value " + in_quotes(*text.name_space) + " for --namespace: " + why;
    }
  }
  if (text.size) {
    const auto size = parse_size(*text.size);
    if (!size) {
      return "invalid value " + in_quotes(*text.size) +
             " for --max-file-size: bytes, or a number with K, M or G, below 4G";
    }
    command.request.max_file_size = *size;
  }
  command.request.project = text.project;
  return enable_rules(text.enable, command.enabled);
}

}  // namespace sts::cmd
