#include "cmd/cluster.h"
#include "cmd/commands.h"
#include "cmd/connection_flags.h"
#include "cmd/exit_code.h"
#include "cmd/flags.h"
#include "cmd/help.h"
#include "cmd/lint_values.h"
#include "kube/api/client.h"
#include "kube/semantics/names.h"
#include "kube/text/printable.h"
#include "rollout/dns/gather.h"
#include "rollout/dns/report/format.h"

#include <algorithm>

namespace sts::cmd {
namespace {

std::string dns_help(const std::string& program, const CommandFlags& flags) {
  return named(
             R"(Show which names of a StatefulSet's pods resolve and why others do not, and the same for other
names in its containers' env, args and commands and in its ConfigMaps. Without STS, for each
StatefulSet of the namespace. The answer comes from API objects, by CoreDNS's rules: no DNS query
is sent, and nothing is changed.

Usage:
  @ dns [STS] [flags]

Examples:
  # Why can the pods not find each other?
  @ dns web

  # In a cluster whose domain is not cluster.local
  @ dns web --cluster-domain k8s.example.org

  # For machines
  @ dns web -o json | jq '.sets[0].names[] | select(.resolves | not)'

Flags:
)",
             program) +
         flag_list(flags.help_of()) + "\nConnection:\n" +
         flag_list(flags.help_of(ConnectionFlags::kHeading)) + R"(
Exit codes:
  0  every name resolves
  1  the API server cannot be asked, or refuses
  2  wrong flags
  4  a name does not resolve
)";
}

// What is wrong with the values, if something is.
std::optional<std::string> interpret(const std::vector<std::string>& names,
                                     const std::optional<std::string>& output,
                                     const std::optional<std::string>& colour,
                                     DnsCommand& command) {
  if (names.size() > 1) return "dns takes one StatefulSet; without one it shows all";
  if (!names.empty()) {
    auto name = set_name(names.front());
    if (!name) return name.error().message;
    command.set = std::move(*name);
  }
  command.output = output.value_or("");
  if (output && (output->empty() || rollout::find_dns_format(*output) == nullptr)) {
    return "unable to match a printer suitable for the output format " + in_quotes(*output) +
           ", allowed formats are: json";
  }
  if (command.cluster_domain) {
    std::string& domain = *command.cluster_domain;
    if (domain.ends_with('.')) domain.pop_back();
    if (!kube::dns1123_subdomain_problem(domain).empty()) {
      return "--cluster-domain: " + in_quotes(domain) + " is no DNS domain";
    }
  }
  return interpret_colour(colour, command.colour);
}

int show(const DnsCommand& command, const std::vector<rollout::DnsReport>& reports) {
  const rollout::DnsFormat& format = *rollout::find_dns_format(command.output);
  if (const auto written = write_stdout(format.render(reports, use_colour(command.colour)));
      !written) {
    write_stderr("error: " + written.error().message + "\n");
    return kApiError;
  }
  return std::all_of(reports.begin(), reports.end(),
                     [](const rollout::DnsReport& report) { return report.all_resolve(); })
             ? kClean
             : kUnresolved;
}

}  // namespace

Result<Command> parse_dns(std::vector<std::string> arguments, const std::string& program) {
  DnsCommand command;
  std::vector<std::string> names;
  std::optional<std::string> output;
  std::optional<std::string> colour;
  CommandFlags flags;
  ConnectionFlags connection;
  flags.arguments("STS", names);
  flags.text(
      "--cluster-domain", "DOMAIN", command.cluster_domain,
      "the cluster's DNS domain; by default the one in CoreDNS's ConfigMap where that can be "
      "read, else cluster.local");
  flags.text("-o,--output", "FORMAT", output, "json; by default a table");
  flags.text("--color", "WHEN", colour, "auto (default), always or never");
  connection.add_to(flags);
  if (asks_for_help(arguments)) return HelpCommand{dns_help(program, flags)};
  const auto usage = [&](const std::string& wrong) {
    return fail(with_hint(wrong, program, "dns"));
  };
  if (auto wrong = flags.parse(std::move(arguments))) return usage(*wrong);
  if (auto wrong = interpret(names, output, colour, command)) return usage(*wrong);
  auto overrides = connection.overrides();
  if (!overrides) return usage(overrides.error().message);
  command.connection = std::move(*overrides);
  return command;
}

int run(const DnsCommand& command) {
  const auto opened = Cluster::open(command.connection);
  if (!opened) {
    write_stderr("error: " + kube::printable(opened.error().message) + "\n");
    return kApiError;
  }
  Cluster& cluster = **opened;
  std::vector<std::string> names = {command.set};
  if (command.set.empty()) {
    auto all = rollout::set_names(cluster.client(), cluster.name_space());
    if (!all) return report_api_error(cluster, all.error());
    names = std::move(*all);
    if (names.empty() && command.output.empty()) {
      write_stderr("No StatefulSets found in " + cluster.name_space() + " namespace.\n");
      return kClean;
    }
  }
  std::vector<rollout::DnsReport> reports;
  for (const std::string& name : names) {
    const auto snapshot =
        rollout::gather_dns(cluster.client(), cluster.name_space(), name, command.cluster_domain);
    if (!snapshot) return report_api_error(cluster, snapshot.error());
    reports.push_back(rollout::dns_report(*snapshot));
  }
  return show(command, reports);
}

}  // namespace sts::cmd
