#include "lint/script/net_command.h"

#include <algorithm>
#include <cctype>

namespace sts::lint::shell {

namespace {

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool is_option(const Word& word) {
  return !word.parts.empty() && word.parts[0].kind == PartKind::kLiteral &&
         word.parts[0].text.size() > 1 && word.parts[0].text[0] == '-';
}

// The rest of a word after `skip` bytes of its leading literal text, which holds no escapes.
Word cut(const Word& word, std::size_t skip) {
  Word rest = word;
  rest.quote = 0;
  rest.parts[0].text.erase(0, skip);
  rest.parts[0].range.begin += static_cast<std::uint32_t>(skip);
  rest.range.begin += static_cast<std::uint32_t>(skip);
  if (rest.parts[0].text.empty() && rest.parts.size() > 1) rest.parts.erase(rest.parts.begin());
  return rest;
}

// Arguments without options. A cluster of short flags takes the next word where its last letter is
// one of `with_value`, and a long option without `=` where it is in `long_with_value`.
std::vector<const Word*> positionals(const Call& call, std::string_view with_value,
                                     std::initializer_list<std::string_view> long_with_value,
                                     NetCommand& out) {
  std::vector<const Word*> result;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const Word& word = *call.args[i];
    if (!is_option(word)) {
      result.push_back(&word);
      continue;
    }
    const std::string text = word.literal_text();
    out.options.push_back(text);
    if (text == "--") continue;
    const bool takes = text[1] == '-'
                           ? one_of(text, long_with_value)
                           : std::isalpha(static_cast<unsigned char>(text.back())) &&
                                 with_value.find(text.back()) != std::string_view::npos &&
                                 word.parts.size() == 1;
    if (takes) ++i;
  }
  return result;
}

bool has_flag(const NetCommand& command, char flag) {
  return std::any_of(command.options.begin(), command.options.end(), [&](const std::string& o) {
    return o.size() > 1 && o[1] != '-' && o.find(flag) != std::string::npos;
  });
}

void add_host(NetCommand& out, const Word& word, HostShape shape) {
  out.hosts.push_back({word, shape});
}

bool read_nslookup(const Call& call, NetCommand& out) {
  std::vector<const Word*> names;
  for (const Word* word : call.args) {
    if (!is_option(*word)) {
      names.push_back(word);
      continue;
    }
    const std::string text = lower(word->literal_text());
    if (one_of(text, {"-h", "--help", "-help", "-version", "-v"})) return false;
    out.options.push_back(text);
    const std::size_t equals = text.find('=');
    const bool type = (text.starts_with("-q") || text.starts_with("-t")) &&
                      !text.starts_with("-timeout") && equals != std::string::npos;
    if (!type) continue;
    out.query_type = text.substr(equals + 1);
    out.type_where = word->range;
  }
  if (names.empty() || names[0]->is("-")) return false;
  add_host(out, *names[0], HostShape::kHost);
  if (names.size() > 1) out.server = *names[1];
  out.too_many_arguments = names.size() > 2;
  return true;
}

bool read_dig(const Call& call, NetCommand& out) {
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const Word& word = *call.args[i];
    const std::string text = word.literal_text();
    if (text.starts_with('@')) {
      out.server = cut(word, 1);
    } else if (text.starts_with('+')) {
      out.options.push_back(text);
    } else if (is_option(word)) {
      out.options.push_back(text);
      if (one_of(text, {"-v", "-h", "-x", "-f"})) return false;
      if (text == "-q" && i + 1 < call.args.size()) {
        add_host(out, *call.args[++i], HostShape::kHost);
      } else if (one_of(text, {"-t", "-p", "-b", "-k", "-c", "-y"})) {
        ++i;
      }
    } else if (!one_of(lower(text), {"a", "aaaa", "any", "cname", "mx", "ns", "ptr", "soa", "srv",
                                     "txt", "in", "axfr"})) {
      add_host(out, word, HostShape::kHost);
    }
  }
  return !out.hosts.empty();
}

bool read_nc(const Call& call, NetCommand& out) {
  const auto words = positionals(call, "wpsiqxXeTGcgo", {"--wait", "--source-port"}, out);
  // `nc -l` serves, and -U is a socket file.
  if (has_flag(out, 'l') || has_flag(out, 'U')) return false;
  const bool listens =
      std::any_of(out.options.begin(), out.options.end(),
                  [](const std::string& o) { return o == "--listen" || o == "--unixsock"; });
  if (listens || words.size() < 2) return false;
  add_host(out, *words[0], HostShape::kHost);
  return true;
}

bool read_urls(const Call& call, NetCommand& out, bool curl) {
  const auto words =
      curl ? positionals(call, "omwHdXuAebcTxEFKCrtyYQ",
                         {"--output",      "--max-time",       "--connect-timeout",
                          "--retry",       "--header",         "--data",
                          "--request",     "--user",           "--write-out",
                          "--cacert",      "--cert",           "--key",
                          "--retry-delay", "--retry-max-time", "--form",
                          "--data-binary", "--data-raw",       "--user-agent",
                          "--proxy",       "--resolve",        "--capath"},
                         out)
           : positionals(call, "OoTtUPYeai",
                         {"--timeout", "--tries", "--header", "--post-data", "--output-document",
                          "--output-file", "--user-agent", "--user", "--password", "--waitretry",
                          "--ca-certificate", "--directory-prefix"},
                         out);
  for (const std::string& option : out.options) {
    if (option.starts_with("--unix-socket") || option == "--abstract-unix-socket") return false;
  }
  for (const Word* word : words) {
    const std::string text = word->literal_text();
    const bool url = text.find("://") != std::string::npos;
    const bool host = !text.starts_with('/') && !text.starts_with('@') &&
                      text.find_first_of(".:/") != std::string::npos;
    const bool opaque = !word->parts.empty() && word->parts[0].kind != PartKind::kLiteral;
    if (url || host || opaque || !curl) add_host(out, *word, HostShape::kUrl);
  }
  return !out.hosts.empty();
}

bool read_client(const Call& call, NetCommand& out) {
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const Word& word = *call.args[i];
    const std::string text = word.literal_text();
    if (!is_option(word)) {
      if (text.find("://") != std::string::npos) add_host(out, word, HostShape::kUrl);
      continue;
    }
    out.options.push_back(text);
    if ((text == "-h" || text == "--host" || text == "-host") && i + 1 < call.args.size()) {
      add_host(out, *call.args[++i], HostShape::kHostPort);
    } else if (text.starts_with("--host=")) {
      add_host(out, cut(word, 7), HostShape::kHostPort);
    } else if (text.starts_with("-h") && text.size() >= 2 && !text.starts_with("-help") &&
               (text.size() > 2 || word.parts.size() > 1)) {
      add_host(out, cut(word, 2), HostShape::kHostPort);
    }
  }
  return !out.hosts.empty();
}

bool read_wait_for(const Call& call, NetCommand& out) {
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const Word& word = *call.args[i];
    const std::string text = word.literal_text();
    const bool wait = text == "-wait" || text == "--wait" || text == "-h" || text == "--host";
    if (wait && i + 1 < call.args.size()) {
      add_host(out, *call.args[++i], HostShape::kHostPort);
    } else if (text.starts_with("-wait=")) {
      add_host(out, cut(word, 6), HostShape::kHostPort);
    } else if (text.starts_with("--host=")) {
      add_host(out, cut(word, 7), HostShape::kHostPort);
    } else if (text == "--" || text == "-c") {
      break;
    } else if (!is_option(word) && text.find(':') != std::string::npos &&
               call.name != "dockerize") {
      add_host(out, word, HostShape::kHostPort);
    }
  }
  return !out.hosts.empty();
}

bool read_peer_finder(const Call& call, NetCommand& out) {
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const Word& word = *call.args[i];
    const std::string text = word.literal_text();
    for (const std::string_view option : {"-service", "--service"}) {
      if (text == option && i + 1 < call.args.size() && word.parts.size() == 1) {
        add_host(out, *call.args[i + 1], HostShape::kHost);
      } else if (text.starts_with(std::string(option) + "=")) {
        add_host(out, cut(word, option.size() + 1), HostShape::kHost);
      }
    }
  }
  return true;
}

bool read_plain(const Call& call, NetCommand& out) {
  switch (out.tool) {
    case NetTool::kHost: {
      const auto words = positionals(call, "tWRcmN", {}, out);
      if (words.empty()) return false;
      add_host(out, *words[0], HostShape::kHost);
      if (words.size() > 1) out.server = *words[1];
      return true;
    }
    case NetTool::kGetent:
      if (call.args.size() < 2 || !call.args[0]->literal_text().starts_with("host")) {
        if (call.args.size() < 2 || !call.args[0]->literal_text().starts_with("ahosts")) {
          return false;
        }
      }
      for (std::size_t i = 1; i < call.args.size(); ++i) {
        add_host(out, *call.args[i], HostShape::kHost);
      }
      return true;
    default: {
      const auto words = positionals(call, "cWwisItQpmMTSF", {}, out);
      if (words.empty()) return false;
      add_host(out, *words.back(), HostShape::kHost);
      return true;
    }
  }
}

std::optional<NetTool> tool_named(std::string_view name) {
  if (name == "nslookup") return NetTool::kNslookup;
  if (name == "dig") return NetTool::kDig;
  if (name == "host") return NetTool::kHost;
  if (name == "getent") return NetTool::kGetent;
  if (name == "ping" || name == "ping6") return NetTool::kPing;
  if (one_of(name, {"nc", "ncat", "netcat", "nc.openbsd", "nc.traditional"})) return NetTool::kNc;
  if (name == "wget") return NetTool::kWget;
  if (name == "curl") return NetTool::kCurl;
  if (name == "peer-finder") return NetTool::kPeerFinder;
  if (one_of(name, {"wait-for-it.sh", "wait-for-it", "wait-for", "wait-for.sh", "dockerize"})) {
    return NetTool::kWaitFor;
  }
  if (one_of(name, {"pg_isready", "psql", "mysqladmin", "mysql", "mariadb", "mariadb-admin",
                    "redis-cli", "valkey-cli", "mongo", "mongosh"})) {
    return NetTool::kClient;
  }
  return std::nullopt;
}

}  // namespace

std::optional<NetCommand> net_command(const Node& command) {
  if (command.kind != NodeKind::kCommand) return std::nullopt;
  for (const Redirection& redirection : command.redirections) {
    if (!redirection.target.literal_text().starts_with("/dev/tcp/")) continue;
    NetCommand out;
    out.tool = NetTool::kDevTcp;
    out.name = "/dev/tcp";
    out.where = redirection.range;
    add_host(out, redirection.target, HostShape::kDevTcp);
    return out;
  }
  const Call called = call(command);
  const auto tool = tool_named(called.name);
  if (!tool) return std::nullopt;
  NetCommand out;
  out.tool = *tool;
  out.name = called.name;
  out.where = called.word->range;
  const bool read = *tool == NetTool::kNslookup     ? read_nslookup(called, out)
                    : *tool == NetTool::kDig        ? read_dig(called, out)
                    : *tool == NetTool::kNc         ? read_nc(called, out)
                    : *tool == NetTool::kWget       ? read_urls(called, out, false)
                    : *tool == NetTool::kCurl       ? read_urls(called, out, true)
                    : *tool == NetTool::kClient     ? read_client(called, out)
                    : *tool == NetTool::kWaitFor    ? read_wait_for(called, out)
                    : *tool == NetTool::kPeerFinder ? read_peer_finder(called, out)
                                                    : read_plain(called, out);
  if (!read) return std::nullopt;
  return out;
}

std::string host_in(std::string_view text, HostShape shape) {
  if (shape == HostShape::kDevTcp) {
    text.remove_prefix(std::min(text.size(), std::string_view("/dev/tcp/").size()));
    return std::string(text.substr(0, text.find('/')));
  }
  if (shape == HostShape::kHost) return std::string(text);
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) {
    text.remove_prefix(scheme + 3);
  }
  // A '?' ends the authority, but not the one of the placeholder "<?>".
  std::size_t end = 0;
  while (end < text.size() && text[end] != '/' && text[end] != '#' &&
         (text[end] != '?' || (end > 0 && text[end - 1] == '<'))) {
    ++end;
  }
  text = text.substr(0, end);
  if (const std::size_t user = text.rfind('@'); user != std::string_view::npos) {
    text.remove_prefix(user + 1);
  }
  if (text.starts_with('[')) return std::string(text.substr(0, text.find(']') + 1));
  return std::string(text.substr(0, text.find(':')));
}

}  // namespace sts::lint::shell
