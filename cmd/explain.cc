#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/pages.h"
#include "lint/report/escape.h"
#include "lint/rule.h"

#include <algorithm>

namespace sts::cmd {
namespace {

std::string list_of_rules() {
  std::size_t widest = 0;
  for (const lint::Rule* rule : lint::all_rules()) widest = std::max(widest, rule->id.size());
  std::string out;
  for (const lint::Rule* rule : lint::all_rules()) {
    const std::string severity(lint::to_string(rule->severity));
    out += lint::code_of(*rule) + "  " + std::string(rule->id) +
           std::string(widest - rule->id.size() + 2, ' ') + severity +
           std::string(9 - severity.size(), ' ') + std::string(rule->title) +
           (rule->opt_in ? " (off; switch it on with --enable)" : "") + "\n";
  }
  return out;
}

int print(const std::string& text) {
  const auto written = write_stdout(text);
  if (!written) write_stderr("error: " + written.error().message + "\n");
  return written ? kClean : kBrokenInput;
}

}  // namespace

int run(const ExplainCommand& command) {
  if (command.id.empty()) return print(list_of_rules());
  const lint::Rule* const rule = lint::find_rule(command.id);
  if (rule == nullptr) {
    std::string message = "no rule is called \"" + lint::printable(command.id) + "\"";
    if (const lint::Rule* const meant = lint::nearest_rule(command.id)) {
      message += "; did you mean " + std::string(meant->id) + "?";
    }
    write_stderr("error: " + message + "; 'explain' without ID lists all rules\n");
    return kUsage;
  }
  const std::string_view page = page_of(rule->id);
  if (page.empty()) {
    return print("# " + std::string(rule->id) + " (" + lint::code_of(*rule) + ")\n\n" +
                 std::string(rule->title) + "\n");
  }
  return print(std::string(page));
}

}  // namespace sts::cmd
