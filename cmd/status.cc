#include "rollout/status/status.h"

#include "cmd/cluster.h"
#include "cmd/commands.h"
#include "cmd/connection_flags.h"
#include "cmd/exit_code.h"
#include "cmd/flags.h"
#include "cmd/follow.h"
#include "cmd/help.h"
#include "cmd/lint_values.h"
#include "kube/api/client.h"
#include "kube/text/printable.h"
#include "rollout/status/gather.h"
#include "rollout/status/report/format.h"

#include <algorithm>

namespace sts::cmd {
namespace {

std::string status_help(const std::string& program, const CommandFlags& flags) {
  return named(
             R"(Show where a StatefulSet stands: its pods by ordinal with their revisions, what the controller
waits for, what keeps it from going on, and the command that gets out. Without STS, a line for
each StatefulSet of the namespace. Nothing is changed.

Usage:
  @ status [STS] [flags]

Examples:
  # Why does this rollout not go on?
  @ status web

  # Look on while it does
  @ status web -w

  # Which sets of the cluster are blocked?
  @ status -A

  # For machines
  @ status web -o json | jq '.sets[0].blockers[].command'

Flags:
)",
             program) +
         flag_list(flags.help_of()) + "\nConnection:\n" +
         flag_list(flags.help_of(ConnectionFlags::kHeading)) + R"(
Exit codes:
  0  settled, or moving
  1  the API server cannot be asked, or refuses
  2  wrong flags
  9  something blocks a set
)";
}

std::string allowed_formats() {
  std::string names;
  for (const rollout::StatusFormat& format : rollout::status_formats()) {
    if (!format.name.empty()) names += (names.empty() ? "" : ",") + std::string(format.name);
  }
  return names;
}

kube::Time now_of(kube::Client& client) {
  return std::chrono::floor<std::chrono::seconds>(client.loop().clock().wall());
}

int exit_code(const rollout::StatusOutput& output) {
  return std::any_of(output.reports.begin(), output.reports.end(),
                     [](const rollout::StatusReport& report) {
                       return report.verdict == rollout::Verdict::kBlocked;
                     })
             ? kBlocked
             : kClean;
}

int show(const StatusCommand& command, Cluster& cluster, const rollout::StatusOutput& output) {
  if (output.reports.empty() && (command.output.empty() || command.output == "wide")) {
    write_stderr(command.all_namespaces
                     ? "No StatefulSets found\n"
                     : "No StatefulSets found in " + cluster.name_space() + " namespace.\n");
    return kClean;
  }
  const rollout::StatusFormat& format = *rollout::find_status_format(command.output);
  if (const auto written = write_stdout(format.render(output, use_colour(command.colour)));
      !written) {
    write_stderr("error: " + written.error().message + "\n");
    return kApiError;
  }
  return exit_code(output);
}

int show_one(const StatusCommand& command, Cluster& cluster) {
  const auto snapshot = rollout::gather(cluster.client(), cluster.name_space(), command.set);
  if (!snapshot) return report_api_error(cluster, snapshot.error());
  return show(command, cluster, {{rollout::status(*snapshot, now_of(cluster.client()))}});
}

int show_all(const StatusCommand& command, Cluster& cluster) {
  const auto snapshots = rollout::gather_all(
      cluster.client(), command.all_namespaces ? std::string() : cluster.name_space());
  if (!snapshots) return report_api_error(cluster, snapshots.error());
  rollout::StatusOutput output{{}, true, command.all_namespaces};
  for (const rollout::Snapshot& snapshot : *snapshots) {
    output.reports.push_back(rollout::status(snapshot, now_of(cluster.client())));
  }
  return show(command, cluster, output);
}

// What is wrong with the values, if something is.
std::optional<std::string> interpret(const std::vector<std::string>& names,
                                     const std::optional<std::string>& output,
                                     const std::optional<std::string>& colour,
                                     StatusCommand& command) {
  if (names.size() > 1) return "status takes one StatefulSet; without one it shows all";
  if (!names.empty()) {
    auto name = set_name(names.front());
    if (!name) return name.error().message;
    command.set = std::move(*name);
  }
  if (command.all_namespaces && !command.set.empty()) {
    return "a StatefulSet cannot be named across all namespaces: leave out -A, or the name";
  }
  if (command.watch && command.set.empty()) return "-w follows one StatefulSet: name it";
  command.output = output.value_or("");
  if (output && (output->empty() || rollout::find_status_format(*output) == nullptr)) {
    return "unable to match a printer suitable for the output format " + in_quotes(*output) +
           ", allowed formats are: " + allowed_formats();
  }
  if (command.watch && command.output == "yaml") return "-w prints text, wide or json";
  return interpret_colour(colour, command.colour);
}

}  // namespace

Result<Command> parse_status(std::vector<std::string> arguments, const std::string& program) {
  StatusCommand command;
  std::vector<std::string> names;
  std::optional<std::string> output;
  std::optional<std::string> colour;
  CommandFlags flags;
  ConnectionFlags connection;
  flags.arguments("STS", names);
  flags.flag("-A,--all-namespaces", command.all_namespaces, "all sets of the cluster");
  flags.flag("-w,--watch", command.watch,
             "go on showing the set as it changes, until interrupted; a line each change where "
             "stdout is no terminal");
  flags.text("-o,--output", "FORMAT", output, "wide, json or yaml; by default a table");
  flags.text("--color", "WHEN", colour, "auto (default), always or never");
  connection.add_to(flags);
  if (asks_for_help(arguments)) return HelpCommand{status_help(program, flags)};
  const auto usage = [&](const std::string& wrong) {
    return fail(with_hint(wrong, program, "status"));
  };
  if (auto wrong = flags.parse(std::move(arguments))) return usage(*wrong);
  if (auto wrong = interpret(names, output, colour, command)) return usage(*wrong);
  auto overrides = connection.overrides();
  if (!overrides) return usage(overrides.error().message);
  command.connection = std::move(*overrides);
  return command;
}

int run(const StatusCommand& command) {
  const auto cluster = Cluster::open(command.connection);
  if (!cluster) {
    write_stderr("error: " + kube::printable(cluster.error().message) + "\n");
    return kApiError;
  }
  if (command.watch) return follow(command, **cluster);
  return command.set.empty() ? show_all(command, **cluster) : show_one(command, **cluster);
}

}  // namespace sts::cmd
