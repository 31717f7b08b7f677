#pragma once

#include "lint/script/shell.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Commands that look up or reach another host, taken apart.
namespace sts::lint::shell {

enum class NetTool : std::uint8_t {
  kNslookup,
  kDig,
  kHost,
  kGetent,  // getent hosts|ahosts…
  kPing,
  kNc,
  kWget,
  kCurl,
  kDevTcp,      // bash's </dev/tcp/host/port
  kClient,      // pg_isready, mysqladmin, redis-cli, mongo …: a host behind -h or --host
  kWaitFor,     // wait-for-it.sh host:port, dockerize -wait tcp://host:port
  kPeerFinder,  // peer-finder -service=…
};

/// How the host stands in its word.
enum class HostShape : std::uint8_t { kHost, kHostPort, kUrl, kDevTcp };

struct HostWord {
  Word word;  // an option's value is cut out of its word: --host=db
  HostShape shape = HostShape::kHost;
};

struct NetCommand {
  NetTool tool = NetTool::kNslookup;
  std::string name;                  // the command as called: "nslookup", "pg_isready"
  Range where;                       // of the command word
  std::vector<HostWord> hosts;       // what is looked up or reached; empty where none is given
  std::optional<Word> server;        // nslookup's second positional, dig's and host's @server
  std::vector<std::string> options;  // literal words that start with - or +
  std::string query_type;            // nslookup's -type=…, lower case; "" for none
  Range type_where;                  // that option's word
  bool too_many_arguments = false;   // nslookup with three positionals: a usage error
};

/// Tools that ask DNS itself and do not read /etc/hosts (busybox ≥ 1.29, BIND). nslookup of busybox
/// ≤ 1.28 is not among them: ask the image.
inline bool asks_dns_only(NetTool tool) {
  return tool == NetTool::kNslookup || tool == NetTool::kDig || tool == NetTool::kHost;
}
/// Needs an endpoint that answers, not only a name.
inline bool connects(NetTool tool) {
  return tool == NetTool::kNc || tool == NetTool::kWget || tool == NetTool::kCurl ||
         tool == NetTool::kDevTcp || tool == NetTool::kClient || tool == NetTool::kWaitFor;
}

/// Nothing for commands that reach nobody: other tools, `nc -l` (it serves), `nslookup --help`.
std::optional<NetCommand> net_command(const Node& command);

/// The host inside a resolved text: of a URL, of host:port, of /dev/tcp/host/port. "" for none.
std::string host_in(std::string_view text, HostShape shape);

}  // namespace sts::lint::shell
