#include "kube/semantics/int_or_percent.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace sts::kube {

std::optional<IntOrPercent> parse_percent(std::string_view text) {
  if (text.empty() || text.back() != '%') return std::nullopt;
  text.remove_suffix(1);
  // strconv.Atoi takes one sign; from_chars knows only the minus.
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return IntOrPercent{value, true};
}

std::optional<IntOrPercent> read_int_or_percent(Value value) {
  if (const auto count = value.integer()) return IntOrPercent{*count, false};
  if (const auto text = value.string()) return parse_percent(*text);
  return std::nullopt;
}

std::int64_t scaled(const IntOrPercent& value, std::int64_t total, Rounding rounding) {
  if (!value.percent) return value.value;
  // Both are int32 in the API; what is larger is no percentage that anybody can mean.
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  const std::int64_t product =
      std::clamp(value.value, -kMost, kMost) * std::clamp(total, -kMost, kMost);
  const std::int64_t quotient = product / 100;
  const std::int64_t remainder = product % 100;
  if (rounding == Rounding::kUp && remainder > 0) return quotient + 1;
  if (rounding == Rounding::kDown && remainder < 0) return quotient - 1;
  return quotient;
}

}  // namespace sts::kube
