#include "kube/api/config/proxy.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sts::kube {
namespace {

std::string first_set(const Environment& environment, const char* upper, const char* lower) {
  const std::string value = variable(environment, upper);
  return value.empty() ? variable(environment, lower) : value;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n\v\f");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n\v\f") - begin + 1);
}

// An address in 16 bytes, IPv4 in its mapped form, as Go's net.IP.
using Address = std::array<std::uint8_t, 16>;

std::optional<Address> parse_address(const std::string& text) {
  Address address{};
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (::inet_pton(AF_INET, text.c_str(), address.data() + 12) == 1) return address;
  return std::nullopt;
}

bool is_v4(const Address& address) {
  constexpr Address kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::equal(kMapped.begin(), kMapped.begin() + 12, address.begin());
}

bool is_loopback(const Address& address) {
  if (is_v4(address)) return address[12] == 127;
  Address loopback{};
  loopback[15] = 1;
  return address == loopback;
}

// `10.0.0.0/8`: nothing where the entry is none, else whether it holds the address.
std::optional<bool> in_network(const std::string& entry, const std::optional<Address>& address) {
  const std::size_t slash = entry.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto network = parse_address(entry.substr(0, slash));
  unsigned bits = 0;
  const char* const end = entry.data() + entry.size();
  const auto [stop, error] = std::from_chars(entry.data() + slash + 1, end, bits);
  if (!network || error != std::errc() || stop != end) return std::nullopt;
  const bool v4 = entry.find(':') == std::string::npos;
  if (bits > (v4 ? 32U : 128U)) return std::nullopt;
  if (!address || is_v4(*address) != v4) return false;
  if (v4) bits += 96;
  for (unsigned bit = 0; bit < bits; ++bit) {
    const unsigned mask = 0x80U >> bit % 8;
    if (((*network)[bit / 8] & mask) != ((*address)[bit / 8] & mask)) return false;
  }
  return true;
}

bool entry_matches(std::string entry, const std::string& host, const std::string& port,
                   const std::optional<Address>& address) {
  if (const auto inside = in_network(entry, address)) return *inside;
  std::string entry_port;
  const std::size_t colon = entry.rfind(':');
  const bool bracketed = entry.starts_with('[');
  if (bracketed || (colon != std::string::npos && entry.find(':') == colon)) {
    const std::size_t close = bracketed ? entry.find(']') : colon;
    if (close == std::string::npos) return false;
    const std::string rest = entry.substr(bracketed ? close + 1 : close);
    if (!rest.starts_with(':')) return false;
    entry_port = rest.substr(1);
    entry = bracketed ? entry.substr(1, close - 1) : entry.substr(0, close);
  }
  if (entry.empty()) return false;
  const bool right_port = entry_port.empty() || entry_port == port;
  if (const auto wanted = parse_address(entry)) return wanted == address && right_port;
  if (address) return false;
  // "foo.com" is itself and what is below it, ".foo.com" and "*.foo.com" only what is below.
  if (entry.starts_with("*.")) entry.erase(0, 1);
  const bool host_too = !entry.starts_with('.');
  if (host_too) entry.insert(0, 1, '.');
  return (host.ends_with(entry) || (host_too && host == entry.substr(1))) && right_port;
}

bool bypassed(const Url& server, const std::string& no_proxy) {
  if (server.host == "localhost") return true;
  const auto address = parse_address(server.host);
  if (address && is_loopback(*address)) return true;
  const std::string host = lower_case(server.host);
  const std::string port = !server.port.empty()       ? server.port
                           : server.scheme == "https" ? "443"
                                                      : "80";
  for (std::size_t at = 0; at <= no_proxy.size();) {
    const std::size_t end = std::min(no_proxy.find(',', at), no_proxy.size());
    const std::string entry = lower_case(trimmed(std::string_view(no_proxy).substr(at, end - at)));
    at = end + 1;
    if (entry == "*") return true;
    if (!entry.empty() && entry_matches(entry, host, port, address)) return true;
  }
  return false;
}

}  // namespace

std::string proxy_of_environment(const Url& server, const Environment& environment) {
  const bool secure = server.scheme == "https";
  const std::string proxy = secure ? first_set(environment, "HTTPS_PROXY", "https_proxy")
                                   : first_set(environment, "HTTP_PROXY", "http_proxy");
  if (proxy.empty() || bypassed(server, first_set(environment, "NO_PROXY", "no_proxy"))) return "";
  if (parse_url(proxy)) return proxy_for_libcurl(proxy);
  return parse_url("http://" + proxy) ? "http://" + proxy : "";
}

std::string proxy_for_libcurl(const std::string& proxy_url) {
  constexpr std::string_view kSocks = "socks5://";
  if (lower_case(proxy_url.substr(0, kSocks.size())) != kSocks) return proxy_url;
  return "socks5h://" + proxy_url.substr(kSocks.size());
}

}  // namespace sts::kube
