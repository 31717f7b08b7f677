#include "kube/api/config/url.h"

#include <algorithm>

namespace sts::kube {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
         });
}

// Go escapes what may not stand in a host; a server that needs that is a mistake.
bool is_host(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 127 ||
           std::string_view("\"<>\\^`{|}%@/").find(c) != std::string_view::npos;
  });
}

// Splits "host", "host:port", "[v6]" and "[v6]:port".
bool read_authority(std::string_view text, Url& url) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    url.host = text.substr(1, close - 1);
    port = text.substr(close + 1);
    if (url.host.find(':') == std::string::npos) return false;
  } else {
    const std::size_t colon = text.find(':');
    url.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
    if (url.host.find_first_of("[]") != std::string::npos) return false;
  }
  if (!port.empty()) {
    if (port.front() != ':') return false;
    port.remove_prefix(1);
    if (!std::all_of(port.begin(), port.end(), is_digit) || port.size() > 5) return false;
    url.port = port;
  }
  return is_host(url.host);
}

}  // namespace

std::string Url::authority() const {
  const std::string shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port.empty() ? shown : shown + ":" + port;
}

std::optional<Url> parse_url(std::string_view text) {
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; })) {
    return std::nullopt;
  }
  const std::size_t mark = text.find("://");
  if (mark == std::string_view::npos || !is_scheme(text.substr(0, mark))) return std::nullopt;
  Url url;
  url.scheme = text.substr(0, mark);
  std::transform(url.scheme.begin(), url.scheme.end(), url.scheme.begin(), lower);
  text.remove_prefix(mark + 3);
  text = text.substr(0, text.find('#'));
  text = text.substr(0, text.find('?'));

  std::string_view authority = text.substr(0, text.find('/'));
  url.path = text.substr(authority.size());
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.user_info = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  if (!read_authority(authority, url)) return std::nullopt;
  if (!percent_decoded(url.path) || !percent_decoded(url.user_info)) return std::nullopt;
  return url;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      result += text[at];
      continue;
    }
    const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    result += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return result;
}

}  // namespace sts::kube
