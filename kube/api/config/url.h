#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// The parts of an absolute URL that a connection needs. Follows Go's net/url as far as servers and
/// proxies use it.
struct Url {
  std::string scheme;     // lower case
  std::string user_info;  // as written, percent-encoded; secret
  std::string host;       // a name or an address, IPv6 without brackets
  std::string port;       // digits, or ""
  std::string path;       // from the first slash, as written; or ""

  /// host[:port], an IPv6 address in brackets.
  std::string authority() const;
};

/// Reads `scheme://[user@]host[:port][/path][?query][#fragment]`; query and fragment are dropped.
/// Nothing where the text is no such URL, a host:port without a scheme for one.
std::optional<Url> parse_url(std::string_view text);

/// %41 becomes A; nothing where an escape is broken.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace sts::kube
