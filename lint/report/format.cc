#include "lint/report/format.h"

namespace sts::lint {

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      {"text", render_text},
      {"json", render_json},
      {"github", render_github},
  };
  return all;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::string counted(std::size_t n, const std::string& what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

std::string counts(const LintReport& report) {
  std::string line;
  const auto add = [&](Severity severity, const std::string& what) {
    const std::size_t n = report.count(severity);
    if (n > 0) line += (line.empty() ? "" : ", ") + counted(n, what);
  };
  add(Severity::kError, "error");
  add(Severity::kWarning, "warning");
  add(Severity::kInfo, "info");
  if (line.empty() && report.lacks_sets) return "nothing to lint";
  return line.empty() ? "no problems found" : line;
}

}  // namespace sts::lint
