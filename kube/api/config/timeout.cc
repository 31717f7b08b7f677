#include "kube/api/config/timeout.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

namespace sts::kube {
namespace {

using std::chrono::milliseconds;

// A duration in Go holds 2^63 nanoseconds.
constexpr double kLongest = 9.2e12;  // ms

constexpr std::pair<std::string_view, double> kUnits[] = {
    {"ns", 1e-6}, {"us", 1e-3}, {"µs", 1e-3}, {"μs", 1e-3},
    {"ms", 1},    {"s", 1e3},   {"m", 6e4},   {"h", 3.6e6},
};

// Go's time.ParseDuration, in milliseconds.
std::optional<double> parse_duration(std::string_view text) {
  double sign = 1;
  if (text.starts_with('-') || text.starts_with('+')) {
    if (text.front() == '-') sign = -1;
    text.remove_prefix(1);
  }
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  double total = 0;
  while (!text.empty()) {
    double number = 0;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + digits, number, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + digits) return std::nullopt;
    text.remove_prefix(digits);
    const std::string_view name = text.substr(0, text.find_first_of("0123456789."));
    text.remove_prefix(name.size());
    bool known = false;
    for (const auto& [unit, factor] : kUnits) {
      if (unit != name) continue;
      total += number * factor;
      known = true;
    }
    if (!known || total > kLongest) return std::nullopt;
  }
  return sign * total;
}

}  // namespace

Result<milliseconds> parse_timeout(std::string_view text) {
  if (text.empty()) return milliseconds(0);
  std::int64_t seconds = 0;
  const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);  // as Go's ParseInt
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), seconds);
  if (error == std::errc() && end == text.data() + text.size() && seconds >= 0 &&
      static_cast<double>(seconds) * 1e3 < kLongest) {
    return milliseconds(seconds * 1000);
  }
  const auto duration = parse_duration(text);
  if (!duration) {
    return fail("--request-timeout is a number of seconds, or a duration such as 500ms, 30s or " +
                std::string("1m30s; 0 for none"));
  }
  if (*duration <= 0) return milliseconds(0);
  return milliseconds(static_cast<std::int64_t>(std::ceil(*duration - 1e-6)));
}

}  // namespace sts::kube
