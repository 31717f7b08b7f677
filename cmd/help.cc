#include "cmd/help.h"

#include <algorithm>
#include <string_view>

namespace sts::cmd {
namespace {

constexpr std::size_t kLineWidth = 96;

void append_wrapped(std::string& out, std::string_view text, std::size_t column) {
  std::size_t at = column;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (at > column && at + 1 + end > kLineWidth) {
      out += '\n' + std::string(column, ' ');
      at = column;
    } else if (at > column) {
      out += ' ';
      ++at;
    }
    out += text.substr(0, end);
    at += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out += '\n';
}

}  // namespace

std::string named(std::string_view text, const std::string& program) {
  std::string out;
  for (const char c : text) {
    if (c == '@') {
      out += program;
    } else {
      out += c;
    }
  }
  return out;
}

std::string flag_list(const std::vector<FlagHelp>& flags) {
  std::vector<std::string> heads;
  std::size_t column = 0;
  for (const FlagHelp& flag : flags) {
    std::string head = "  " + (flag.short_name.empty() ? "    " : flag.short_name + ", ");
    head += flag.long_name + (flag.value.empty() ? "" : " " + flag.value);
    column = std::max(column, head.size() + 3);
    heads.push_back(std::move(head));
  }
  std::string out;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    out += heads[i] + std::string(column - heads[i].size(), ' ');
    append_wrapped(out, flags[i].description, column);
  }
  return out;
}

std::string main_help(const std::string& program) {
  return named(
      R"(Trustworthy StatefulSets and DaemonSets: find mistakes before they are applied, and
what keeps a rollout from going on.

Usage:
  @ COMMAND [flags]

Commands:
  lint      find mistakes in manifests, with the place and a fix
  status    where StatefulSets of a cluster stand, what blocks them, and the way out
  dns       which names of a StatefulSet's pods resolve, and why not
  explain   what a rule finds and why, offline
  version   the version of this program

Examples:
  # Lint all manifests below the current folder
  @ lint .

  # Lint what kustomize or Helm render
  kubectl kustomize overlays/prod | @ lint -
  helm template ./chart | @ lint -

  # Why does this rollout not go on?
  @ status web -n shop

  # Why is this a problem?
  @ explain service-not-found

Run '@ COMMAND --help' for the flags of a command.
)",
      program);
}

std::string lint_help(const std::string& program, const std::vector<FlagHelp>& flags) {
  std::string out = named(
      R"(Find mistakes in StatefulSets, DaemonSets and what they depend on, without a cluster.

Findings are reported for the files given; what they refer to is looked up in their whole project:
the nearest folder above with a .kubectl-sts.yaml, else the git work tree, else the files given.

Usage:
  @ lint PATH... [flags]

PATH is a file, a folder (with all folders below), a glob, or - for standard input.

Examples:
  # All manifests below the current folder
  @ lint .

  # One file, its Service somewhere else in the repository
  @ lint db/statefulset.yaml

  # What will really be applied
  kubectl kustomize overlays/prod | @ lint -
  helm template ./chart | @ lint -n prod -

  # What is running
  kubectl get sts,ds,svc,pdb,pvc -n prod -o yaml | @ lint -

  # For machines
  @ lint -o json . > report.json

Flags:
)",
      program);
  out += flag_list(flags);
  out += R"(
Exit codes:
  0  no finding at or above --fail-on
  1  findings at or above --fail-on
  2  wrong flags, or a wrong .kubectl-sts.yaml
  3  something could not be read
)";
  return out;
}

std::string explain_help(const std::string& program) {
  return named(
      R"(Print the page of a rule: what it finds, why, how to mend it. Without ID, list all rules.

Usage:
  @ explain [ID]

ID is a rule's name or its code.

Examples:
  @ explain
  @ explain service-not-found
  @ explain STS103
)",
      program);
}

std::string version_help(const std::string& program) {
  return named(R"(Print the version of this program.

Usage:
  @ version

Examples:
  @ version
)",
               program);
}

}  // namespace sts::cmd
