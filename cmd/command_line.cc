#include "cmd/command_line.h"

#include "cmd/help.h"
#include "cmd/lint_values.h"
#include "lint/model/near_miss.h"
#include "lint/report/format.h"
#include "lint/rule.h"

#include <CLI/CLI.hpp>

#include <algorithm>

// The one file that knows CLI11: its header takes seconds to compile.
namespace sts::cmd {
namespace {

constexpr std::string_view kShortWithValue = "fno";

// What kubectl's users try, and why it means nothing to a linter.
constexpr std::string_view kClusterFlags[] = {
    "--context", "--kubeconfig", "--cluster", "--user",           "--server", "-s",
    "--token",   "--as",         "-A",        "--all-namespaces", "-l",       "--selector",
};

// CLI11 reads `-n=prod` as the value "=prod", pflag (and so kubectl) as "prod". The wrong namespace
// is worse than an error, so the sign is taken out before.
void normalise(std::vector<std::string>& arguments) {
  for (std::string& argument : arguments) {
    if (argument == "--") return;
    if (argument.size() < 3 || argument[0] != '-' || argument[1] == '-') continue;
    const std::size_t flag = argument.find_first_of(kShortWithValue, 1);
    if (flag != std::string::npos && flag + 1 < argument.size() && argument[flag + 1] == '=' &&
        argument.find('=') == flag + 1) {
      argument.erase(flag + 1, 1);
    }
  }
}

// One option, as --help shows it and as it is parsed.
class Flags {
 public:
  explicit Flags(CLI::App& app) : app_(app) {}

  void text(const std::string& names, const std::string& value, std::optional<std::string>& into,
            const std::string& description) {
    app_.add_option(names, into, description)->type_name(value)->take_last();
  }
  void list(const std::string& names, const std::string& value, std::vector<std::string>& into,
            const std::string& description) {
    app_.add_option(names, into, description)->type_name(value)->allow_extra_args(false);
  }
  void flag(const std::string& names, bool& into, const std::string& description) {
    app_.add_flag(names, into, description);
  }

 private:
  CLI::App& app_;
};

std::string with_hint(const std::string& message, const std::string& program,
                      const std::string& command) {
  const std::string name = command.empty() ? program : program + " " + command;
  return message + "; run '" + name + " --help'";
}

std::string unknown_flag(const CLI::App& app, std::string flag) {
  flag = flag.substr(0, flag.find('='));
  const bool is_short = flag.size() > 1 && flag[1] != '-';
  if (std::find(std::begin(kClusterFlags), std::end(kClusterFlags), flag) !=
      std::end(kClusterFlags)) {
    return "lint reads no cluster, so " + flag +
           " has no meaning here; pipe objects in: kubectl get sts,ds,svc,pdb,pvc -o yaml | "
           "kubectl sts lint -";
  }
  if (is_short) {
    return "unknown shorthand flag: '" + lint::printable(flag.substr(1, 1)) + "' in " +
           lint::printable(flag);
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  std::string message = "unknown flag: " + lint::printable(flag);
  if (const auto meant = lint::nearest(flag, candidates)) {
    message += "; did you mean " + names[*meant] + "?";
  }
  return message;
}

// `--namespace=` (an unset variable of a script, most often): CLI11 would take the next word for
// its value, and lint what is left in the wrong namespace.
std::optional<std::string> empty_value(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    const bool is_long = argument.size() > 3 && argument.starts_with("--");
    const bool is_short = argument.size() == 3 && argument[0] == '-' &&
                          kShortWithValue.find(argument[1]) != std::string_view::npos;
    if ((is_long || is_short) && argument.back() == '=') {
      return argument.substr(0, argument.size() - 1);
    }
  }
  return std::nullopt;
}

// CLI11's errors in kubectl's words; nothing when the arguments are good.
std::optional<std::string> parse(CLI::App& app, std::vector<std::string> arguments) {
  app.allow_extras();
  if (const auto flag = empty_value(arguments)) return "flag needs an argument: " + *flag;
  normalise(arguments);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string what = error.what();
    return "flag needs an argument: " + what.substr(0, what.find(':'));
  } catch (const CLI::ParseError& error) {
    return std::string(error.what());
  }
  for (const std::string& extra : app.remaining()) {
    if (extra == "--") continue;  // CLI11 2.1 counts the mark before positionals as left over
    if (extra.size() > 1 && extra[0] == '-') return unknown_flag(app, extra);
    return "unexpected argument " + in_quotes(extra);
  }
  return std::nullopt;
}

bool asks_for_help(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return false;
    if (argument == "-h" || argument == "--help") return true;
  }
  return false;
}

std::vector<FlagHelp> flags_of(const CLI::App& app) {
  std::vector<FlagHelp> flags;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) continue;
    FlagHelp flag;
    if (!option->get_snames().empty()) flag.short_name = "-" + option->get_snames().front();
    if (!option->get_lnames().empty()) flag.long_name = "--" + option->get_lnames().front();
    if (option->get_type_size() != 0) flag.value = option->get_type_name();
    flag.description = option->get_description();
    flags.push_back(std::move(flag));
  }
  return flags;
}

Result<Command> parse_lint(std::vector<std::string> arguments, const std::string& program) {
  LintCommand command;
  LintText text;
  CLI::App app;
  app.set_help_flag("-h,--help", "print this text");
  Flags flags(app);
  app.add_option("PATH", command.request.paths);
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
  if (asks_for_help(arguments)) return HelpCommand{lint_help(program, flags_of(app))};

  if (auto wrong = parse(app, std::move(arguments)))
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
  CLI::App app;
  app.add_option("ID", ids);
  if (asks_for_help(arguments)) return HelpCommand{explain_help(program)};
  if (auto wrong = parse(app, std::move(arguments))) {
    return fail(with_hint(*wrong, program, "explain"));
  }
  if (ids.size() > 1) return fail(with_hint("explain takes one ID", program, "explain"));
  return ExplainCommand{ids.empty() ? "" : ids.front()};
}

Result<Command> parse_version_command(std::vector<std::string> arguments,
                                      const std::string& program) {
  CLI::App app;
  if (asks_for_help(arguments)) return HelpCommand{version_help(program)};
  if (auto wrong = parse(app, std::move(arguments))) {
    return fail(with_hint(*wrong, program, "version"));
  }
  return VersionCommand{};
}

}  // namespace

Result<Command> parse_command_line(std::vector<std::string> arguments, const std::string& program) {
  if (arguments.empty()) return HelpCommand{main_help(program)};
  std::string name = arguments.front();
  arguments.erase(arguments.begin());
  if (name == "--version") return VersionCommand{};
  if (name == "help" && !arguments.empty()) {
    name = arguments.front();
    arguments = {"--help"};
  }
  if (name == "--help" || name == "-h" || name == "help") return HelpCommand{main_help(program)};
  if (name == "lint") return parse_lint(std::move(arguments), program);
  if (name == "explain") return parse_explain(std::move(arguments), program);
  if (name == "version") return parse_version_command(std::move(arguments), program);
  if (name.starts_with('-')) {
    return fail(with_hint("unknown flag: " + lint::printable(name) +
                              "; a command comes first, as in " + program + " lint .",
                          program, ""));
  }
  std::string message = "unknown command " + in_quotes(name) + " for \"" + program + "\"";
  const std::vector<std::string_view> commands = {"lint", "explain", "version", "help"};
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
