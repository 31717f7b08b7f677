#pragma once

#include "lint/hosts/host_variable.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// A host as it stands in some text.
struct HostText {
  std::size_t begin = 0;  // bytes of the text, scheme and port left out
  std::size_t end = 0;
  std::string_view name;  // as written, without a final dot
  /// Of the name, its variables put in: kOwnPod, kOwnNamespace and kAnything stand for what only
  /// the pod or nobody knows, but never at the beginning of the name kAnything.
  std::vector<std::string_view> labels;
  std::shared_ptr<const std::string> resolved;  // what `labels` are bytes of; null: of the text
  bool final_dot = false;
  bool address = false;  // an IPv4 address
  bool scheme = false;   // `scheme://` before it
  bool port = false;     // `:port` after it, be it a variable
  bool named = false;    // the word before says host: a known key, -h, --host, nc, nslookup …
  bool listed = false;   // an element of a list of hosts, each with a dot
};

/// Every word of `text` that has a host's shape: lower-case DNS labels, or an IPv4 address, with
/// something beside it that makes it one (a scheme, a port, a list of peers, `.svc`, a key that
/// names hosts, an option or a program that takes one). `key` is what the whole text is the value
/// of (an environment variable, a ConfigMap's key); "" for nothing. Comment lines are passed over,
/// and so are XML comments, prefixes of `name=host` pairs, shell comparisons, paths, and words that
/// begin with a variable that `read` knows nothing of.
std::vector<HostText> find_hosts(std::string_view text, std::string_view key,
                                 const VariableReader& read = {});

/// A key whose value is a host or a list of them: DB_HOST, seed_nodes, bootstrap.servers.
bool names_hosts(std::string_view key);

/// A key whose value lists names for a certificate: SANs, not connections.
bool names_certificate(std::string_view key);

}  // namespace sts::lint
