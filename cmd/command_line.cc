#include "cmd/command_line.h"

#include "cmd/flags.h"
#include "cmd/help.h"
#include "cmd/lint_values.h"
#include "lint/model/near_miss.h"
#include "lint/report/format.h"
#include "lint/rule.h"

#include <algorithm>

namespace sts::cmd {
namespace {

// What kubectl's users try, and why it means nothing to a linter.
constexpr std::string_view kClusterFlags[] = {
    "--context", "--kubeconfig", "--cluster", "--user",           "--server", "-s",
    "--token",   "--as",         "-A",        "--all-namespaces", "-l",       "--selector",
};

std::optional<std::string> cluster_flag_in_lint(const std::string& flag) {
  if (std::find(std::begin(kClusterFlags), std::end(kClusterFlags), flag) ==
      std::end(kClusterFlags)) {
    return std::nullopt;
  }
  return "lint reads no cluster, so " + flag +
         " has no meaning here; pipe objects in: kubectl get sts,ds,svc,pdb,pvc -o yaml | "
         "kubectl sts lint -";
}

Result<Command> parse_lint(std::vector<std::string> arguments, const std::string& program) {
  LintCommand command;
  LintText text;
  CommandFlags flags;
  flags.explain_unknown(cluster_flag_in_lint);
  flags.arguments("PATH", command.request.paths);
  flags.list("-f,--filename", "PATH", command.request.filenames,
             "a file, a folder or - to lint; a folder's own files only, without -R");
  flags.flag("-R,--recursive", command.request.recursive, "go into the folders that -f names");
  flags.text("--project", "DIR", text.project,
             "the folder that references are resolved in; by default the nearest one above with a "
             ".kubectl-sts.yaml, else the git work tree");
  flags.text("--assume", "WHAT", text.assume,
             "whether everything that will run is in the project: auto (default; judged from what "
             "is there), complete or partial");
  flags.flag("--staged", command.request.staged,
             "lint what the git index holds, as a commit would take it");
  flags.text("--base", "BASE", command.request.base,
             "also report what the edit since BASE does to a running set: a file or folder, else a "
             "git revision, taken where it and HEAD have parted");
  flags.text("-o,--output", "FORMAT", text.output,
             "text (default), json, or github for annotations in GitHub Actions");
  flags.text("--fail-on", "SEVERITY", text.fail_on,
             "the lowest severity that gives exit code 1: error (default), warning, info or never");
  flags.flag("--require-input", command.require_input,
             "exit with 3 when no StatefulSet or DaemonSet is found");
  flags.text("--kubernetes-version", "VERSION", text.version,
             "the server's version, such as 1.34; by default the newest known");
  flags.text("--cluster-domain", "DOMAIN", text.domain,
             "the cluster's DNS domain (default cluster.local)");
  flags.text("-n,--namespace", "NAME", text.name_space,
             "the namespace of objects that name none; no kubeconfig is read");
  flags.list("--enable", "ID", text.enable,
             "switch on rules that are off by default (see explain): a comma list, or repeated");
  flags.flag("--no-ignores", command.no_ignores,
             "report what comments and annotations ignore, too");
  flags.text("--max-file-size", "SIZE", text.size,
             "refuse larger files: bytes, or a number with K, M or G, such as 64M (default)");
  flags.text("--color", "WHEN", text.colour, "auto (default), always or never");
  if (asks_for_help(arguments)) return HelpCommand{lint_help(program, flags.help_of())};

  if (auto wrong = flags.parse(std::move(arguments)))
    return fail(with_hint(*wrong, program, "lint"));
  if (auto wrong = interpret(text, command)) return fail(with_hint(*wrong, program, "lint"));
  if (command.request.paths.empty() && command.request.filenames.empty() &&
      !command.request.staged) {
    return fail(
        with_hint("no PATH given; to lint this folder: " + program + " lint .", program, "lint"));
  }
  return command;
}

Result<Command> parse_explain(std::vector<std::string> arguments, const std::string& program) {
  std::vector<std::string> ids;
  CommandFlags flags;
  flags.arguments("ID", ids);
  if (asks_for_help(arguments)) return HelpCommand{explain_help(program)};
  if (auto wrong = flags.parse(std::move(arguments))) {
    return fail(with_hint(*wrong, program, "explain"));
  }
  if (ids.size() > 1) return fail(with_hint("explain takes one ID", program, "explain"));
  return ExplainCommand{ids.empty() ? "" : ids.front()};
}

Result<Command> parse_version_command(std::vector<std::string> arguments,
                                      const std::string& program) {
  CommandFlags flags;
  if (asks_for_help(arguments)) return HelpCommand{version_help(program)};
  if (auto wrong = flags.parse(std::move(arguments))) {
    return fail(with_hint(*wrong, program, "version"));
  }
  return VersionCommand{};
}

}  // namespace

std::string with_hint(const std::string& message, const std::string& program,
                      const std::string& command) {
  const std::string name = command.empty() ? program : program + " " + command;
  return message + "; run '" + name + " --help'";
}

Result<Command> parse_command_line(std::vector<std::string> arguments, const std::string& program) {
  if (arguments.empty()) return HelpCommand{main_help(program)};
  std::string name = arguments.front();
  arguments.erase(arguments.begin());
  if (name == "--version") return VersionCommand{};
  if (name == "help" && !arguments.empty()) {
    name = arguments.front();
    arguments = {"--help"};
  }
  // It has one answer, whatever command it stands behind.
  const auto values = std::find(arguments.begin(), arguments.end(), "--");
  if (std::find(arguments.begin(), values, "--version") != values && !asks_for_help(arguments)) {
    return VersionCommand{};
  }
  if (name == "--help" || name == "-h" || name == "help") return HelpCommand{main_help(program)};
  if (name == "lint") return parse_lint(std::move(arguments), program);
  if (name == "status") return parse_status(std::move(arguments), program);
  if (name == "dns") return parse_dns(std::move(arguments), program);
  if (name == "explain") return parse_explain(std::move(arguments), program);
  if (name == "version") return parse_version_command(std::move(arguments), program);
  if (name.starts_with('-')) {
    return fail(with_hint("unknown flag: " + lint::printable(name) +
                              "; a command comes first, as in " + program + " lint .",
                          program, ""));
  }
  std::string message = "unknown command " + in_quotes(name) + " for \"" + program + "\"";
  const std::vector<std::string_view> commands = {"lint",    "status",  "dns",
                                                  "explain", "version", "help"};
  if (const auto meant = lint::nearest(name, commands)) {
    message += "; did you mean " + std::string(commands[*meant]) + "?";
  }
  return fail(with_hint(message, program, ""));
}

std::string program_name(const std::string& argv0) {
  std::string name = argv0.substr(argv0.rfind('/') + 1);
  if (!name.starts_with("kubectl-")) return name.empty() ? "kubectl sts" : name;
  // kubectl turns the dashes of a plugin's words into underscores when it looks for the file.
  name = "kubectl " + name.substr(8);
  std::replace(name.begin() + 8, name.end(), '-', ' ');
  std::replace(name.begin() + 8, name.end(), '_', '-');
  return name;
}

}  // namespace sts::cmd
