#include "kube/semantics/timestamp.h"

#include <cstdint>
#include <cstdio>

namespace sts::kube {
namespace {

// Reads exactly `digits` digits and takes them off.
std::optional<int> number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// Minutes east of UTC; takes all that is left.
std::optional<int> offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  if (!take(text, "+-")) return std::nullopt;
  const auto hours = number(text, 2);
  if (!hours || !take(text, ":")) return std::nullopt;
  const auto minutes = number(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<Time> parse_time(std::string_view text) {
  using namespace std::chrono;
  const auto years = number(text, 4);
  if (!years || !take(text, "-")) return std::nullopt;
  const auto months = number(text, 2);
  if (!months || !take(text, "-")) return std::nullopt;
  const auto days = number(text, 2);
  if (!days || !take(text, "Tt")) return std::nullopt;
  const auto hour = number(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto min = number(text, 2);
  if (!min || !take(text, ":")) return std::nullopt;
  const auto sec = number(text, 2);
  if (!sec || *hour > 23 || *min > 59 || *sec > 59) return std::nullopt;
  if (take(text, ".")) {
    if (!number(text, 1)) return std::nullopt;
    while (number(text, 1)) {
    }
  }
  const auto east = offset(text);
  const year_month_day date{year{*years}, month{static_cast<unsigned>(*months)},
                            day{static_cast<unsigned>(*days)}};
  if (!east || !date.ok()) return std::nullopt;
  return sys_days{date} + hours{*hour} + minutes{*min - *east} + seconds{*sec};
}

std::string to_string(Time time) {
  using namespace std::chrono;
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

std::string human_duration(std::chrono::seconds duration) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  constexpr std::int64_t kYear = 365 * kDay;
  const std::int64_t s = duration.count();
  const auto one = [](std::int64_t n, const char* unit) { return std::to_string(n) + unit; };
  const auto two = [&](std::int64_t n, const char* unit, std::int64_t m, const char* smaller) {
    return m == 0 ? one(n, unit) : one(n, unit) + one(m, smaller);
  };
  if (s < -1) return "<invalid>";
  if (s < 0) return "0s";
  if (s < 2 * kMinute) return one(s, "s");
  if (s < 10 * kMinute) return two(s / kMinute, "m", s % kMinute, "s");
  if (s < 3 * kHour) return one(s / kMinute, "m");
  if (s < 8 * kHour) return two(s / kHour, "h", s / kMinute % 60, "m");
  if (s < 2 * kDay) return one(s / kHour, "h");
  if (s < 8 * kDay) return two(s / kDay, "d", s / kHour % 24, "h");
  if (s < 2 * kYear) return one(s / kDay, "d");
  if (s < 8 * kYear) return two(s / kYear, "y", s / kDay % 365, "d");
  return one(s / kYear, "y");
}

}  // namespace sts::kube
