#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "lint/linter.h"
#include "lint/report/format.h"
#include "lint/rule.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace sts::cmd {
namespace {

constexpr const char* kNoSets = "no StatefulSet or DaemonSet found";

Result<std::string> read_stdin(std::uint64_t limit) {
  std::string bytes;
  char buffer[64 * 1024];
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(std::strerror(errno));
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(got));
    if (bytes.size() > limit) return fail("is over the limit; raise it with --max-file-size");
  }
}

std::string working_directory() {
  char buffer[PATH_MAX];
  return ::getcwd(buffer, sizeof buffer) != nullptr ? buffer : "/";
}

bool in_actions() {
  const char* const actions = std::getenv("GITHUB_ACTIONS");
  return actions != nullptr && std::strcmp(actions, "true") == 0;
}

class LintRun {
 public:
  explicit LintRun(const LintCommand& command) : command_(command) {
    presentation_.colour = use_colour(command.colour);
    presentation_.reader = in_actions() ? lint::Reader::kActionsLog : lint::Reader::kTerminal;
  }

  int run() {
    lint::SelectionRequest request = command_.request;
    request.working_directory = working_directory();
    Result<lint::Selections> selections = lint::select_inputs(
        request, [limit = request.max_file_size] { return read_stdin(limit); });
    if (!selections) return usage_error(selections.error().message);

    std::vector<lint::LintReport> reports;
    for (const lint::Selection& selection : selections->projects) {
      const Result<lint::LintOptions> options = options_of(selection);
      if (!options) return usage_error(options.error().message);
      reports.push_back(lint::lint(selection, *options));
    }
    return finish(lint::merge(std::move(reports), *selections));
  }

 private:
  Result<lint::LintOptions> options_of(const lint::Selection&) const {
    lint::LintOptions options;
    options.honour_ignores = !command_.no_ignores;
    options.rules.assume = command_.assume;
    options.rules.enabled = command_.enabled;
    if (command_.kubernetes_version) {
      options.rules.kubernetes_version = *command_.kubernetes_version;
    }
    if (command_.cluster_domain) options.rules.cluster_domain = *command_.cluster_domain;
    if (command_.name_space) options.rules.ambient_namespace = command_.name_space;
    return options;
  }

  int finish(const lint::LintReport& report) {
    for (const std::string& line : report.notes) note(line);
    const bool missing = report.sets == 0;
    if (missing && !command_.require_input && !report.broken_input) note(kNoSets);
    const lint::Format& format = *lint::find_format(command_.output);
    if (const auto written = write_stdout(format.render(report, presentation_)); !written) {
      error(written.error().message);
      return kBrokenInput;
    }
    if (missing && command_.require_input) error(kNoSets);
    if (report.broken_input || (missing && command_.require_input)) return kBrokenInput;
    const bool failed =
        command_.fail_on &&
        std::any_of(report.findings.begin(), report.findings.end(), [&](const auto& finding) {
          return finding.severity >= *command_.fail_on;
        });
    return failed ? kFindings : kClean;
  }

  int usage_error(const std::string& message) const {
    error(message);
    return kUsage;
  }
  void error(const std::string& message) const { say("error: ", message); }
  void note(const std::string& message) const { say("note: ", message); }
  void say(const std::string& kind, const std::string& message) const {
    write_stderr(kind + lint::printable(message, presentation_.reader) + "\n");
  }

  const LintCommand& command_;
  lint::Presentation presentation_;
};

}  // namespace

int run(const LintCommand& command) { return LintRun(command).run(); }

}  // namespace sts::cmd
