#pragma once

#include "cmd/output.h"
#include "kube/api/config/overrides.h"
#include "kube/result.h"
#include "lint/finding.h"
#include "lint/input/selection.h"
#include "lint/options.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sts::cmd {

/// `lint` as the user typed it; values checked, nothing read yet.
struct LintCommand {
  lint::SelectionRequest request;  // working_directory is still empty
  std::string output = "text";
  /// Findings at or above this give exit 1; nothing for `never`.
  std::optional<lint::Severity> fail_on = lint::Severity::kError;
  bool require_input = false;
  bool no_ignores = false;
  ColourChoice colour = ColourChoice::kAuto;
  lint::Completeness assume = lint::Completeness::kAuto;
  std::vector<std::string> enabled;
  /// Flags that a .kubectl-sts.yaml may hold too; a flag wins.
  std::optional<kube::Version> kubernetes_version;
  std::optional<std::string> cluster_domain;
  std::optional<std::string> name_space;
};

/// `status`; names checked, no file read yet.
struct StatusCommand {
  kube::Overrides connection;
  std::string set;  // "" for all of the namespace
  bool all_namespaces = false;
  bool watch = false;
  std::string output;  // a name of rollout::status_formats()
  ColourChoice colour = ColourChoice::kAuto;
};

/// `dns`, likewise.
struct DnsCommand {
  kube::Overrides connection;
  std::string set;     // "" for all of the namespace
  std::string output;  // a name of rollout::dns_formats()
  std::optional<std::string> cluster_domain;
  ColourChoice colour = ColourChoice::kAuto;
};

struct ExplainCommand {
  std::string id;  // "" for the list of all rules
};

struct VersionCommand {};

/// --help: print and leave.
struct HelpCommand {
  std::string text;
};

using Command = std::variant<LintCommand, StatusCommand, DnsCommand, ExplainCommand, VersionCommand,
                             HelpCommand>;

/// Reads the arguments after the program's name. `program` is how usage texts call it: "kubectl
/// sts" for a plugin that kubectl started. Errors end in a hint where help is found.
Result<Command> parse_command_line(std::vector<std::string> arguments, const std::string& program);

/// Those of one command; `arguments` are the words after its name.
Result<Command> parse_status(std::vector<std::string> arguments, const std::string& program);
Result<Command> parse_dns(std::vector<std::string> arguments, const std::string& program);

/// "…; run 'kubectl sts status --help'".
std::string with_hint(const std::string& message, const std::string& program,
                      const std::string& command);

/// kubectl finds plugins by their names, so argv[0] tells who is calling.
std::string program_name(const std::string& argv0);

}  // namespace sts::cmd
