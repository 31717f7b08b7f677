#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "lint/config/config.h"
#include "lint/input/size_limit.h"
#include "lint/linter.h"
#include "lint/report/format.h"
#include "lint/report/github.h"
#include "lint/rule.h"

#include <climits>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sts::cmd {
namespace {

// The runner drops a step's summary of more than 1 MiB (FileCommandManager.cs).
constexpr std::size_t kMaxSummary = (1U << 20) - 4096;

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
    if (bytes.size() > limit) return fail(lint::over_the_limit(limit));
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

// From the runner's workspace to where we are: annotations name files relative to the workspace.
std::string prefix_in_workspace(const std::string& working_directory) {
  const char* const workspace = std::getenv("GITHUB_WORKSPACE");
  if (workspace == nullptr) return "";
  std::string root = workspace;
  while (root.size() > 1 && root.back() == '/') root.pop_back();
  if (!working_directory.starts_with(root + "/")) return "";
  return working_directory.substr(root.size() + 1) + "/";
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
    presentation_.file_prefix = prefix_in_workspace(request.working_directory);
    Result<lint::Selections> selections =
        lint::select_inputs(request, [limit = request.max_file_size] { return read_stdin(limit); });
    if (!selections) return usage_error(selections.error().message);

    std::vector<lint::LintReport> reports;
    for (const lint::Selection& selection : selections->projects) {
      const Result<lint::LintOptions> options = options_of(selection);
      if (!options) return usage_error(options.error().message);
      note_newer(options->rules.kubernetes_version);
      reports.push_back(lint::lint(selection, *options));
    }
    return finish(lint::merge(std::move(reports), *selections));
  }

 private:
  void note_newer(const kube::Version& version) {
    const kube::Version known{kube::kNewestKnown.major, kube::kNewestKnown.minor + 1, 0};
    if (version < known || std::exchange(noted_newer_, true)) return;
    note("Kubernetes " + kube::to_string(version) + " is newer than this program knows (" +
         kube::to_string(kube::kNewestKnown) + "); what it added is not checked");
  }

  // A project's own configuration; flags win over it.
  Result<lint::LintOptions> options_of(const lint::Selection& selection) const {
    lint::LintOptions options;
    if (selection.read_config) {
      const Result<std::string> bytes = selection.read_config();
      if (!bytes) return fail(selection.config_file + ": " + bytes.error().message);
      const auto config = lint::parse_config(selection.config_file, *bytes);
      if (!config) return fail(config.error().message);
      if (config->cluster_domain) options.rules.cluster_domain = *config->cluster_domain;
      if (config->kubernetes_version) {
        options.rules.kubernetes_version = *config->kubernetes_version;
      }
      options.rules.ambient_namespace = config->ambient_namespace;
    }
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

  // Beside the annotations: the job's summary and the step's outputs, where the runner asks for
  // them.
  Result<void> tell_runner(const lint::LintReport& report) const {
    if (const char* const path = std::getenv("GITHUB_STEP_SUMMARY")) {
      struct stat status {};
      const std::size_t used =
          ::stat(path, &status) == 0 ? static_cast<std::size_t>(status.st_size) : 0;
      const std::size_t room = used < kMaxSummary ? kMaxSummary - used : 0;
      const std::string summary = lint::github_summary(report, presentation_, room);
      if (const auto written = append_to_file(path, summary); !written) return written;
    }
    if (const char* const path = std::getenv("GITHUB_OUTPUT")) {
      return append_to_file(path, lint::github_outputs(report));
    }
    return {};
  }

  int finish(lint::LintReport report) const {
    for (const std::string& line : report.notes) note(line);
    report.lacks_sets = report.sets == 0 && command_.require_input;
    if (report.sets == 0 && !report.lacks_sets && !report.broken_input) note(kNoSets);
    const lint::Format& format = *lint::find_format(command_.output);
    if (const auto written = write_stdout(format.render(report, presentation_)); !written) {
      error(written.error().message);
      return kBrokenInput;
    }
    if (command_.output == "github") {
      if (const auto told = tell_runner(report); !told) {
        error(told.error().message);
        return kBrokenInput;
      }
    }
    if (report.lacks_sets) error(kNoSets);
    if (report.broken_input || report.lacks_sets) return kBrokenInput;
    const bool failed =
        command_.fail_on &&
        std::any_of(report.findings.begin(), report.findings.end(),
                    [&](const auto& finding) { return finding.severity >= *command_.fail_on; });
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
  bool noted_newer_ = false;
};

}  // namespace

int run(const LintCommand& command) { return LintRun(command).run(); }

}  // namespace sts::cmd
