#include "kube/object/scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

// All of this follows resolve.go of go-yaml v2 as sigs.k8s.io/yaml 1.4 carries it, and the key
// conversion of sigs.k8s.io/yaml's convertToJSONableObject.

namespace sts::kube {
namespace {

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<std::string_view, 11> kTrue = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                                    "True", "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 11> kFalse = {"n",     "N",     "no",  "No",  "NO", "false",
                                                     "False", "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 12> kSpecialFloat = {".nan",  ".NaN",  ".NAN",  ".inf",
                                                            ".Inf",  ".INF",  "+.inf", "+.Inf",
                                                            "+.INF", "-.inf", "-.Inf", "-.INF"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string without_underscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

struct Integer {
  bool negative = false;
  std::uint64_t magnitude = 0;
  bool fits_signed() const {
    constexpr std::uint64_t kLimit = std::uint64_t{1} << 63;
    return magnitude < kLimit || (negative && magnitude == kLimit);
  }
};

// strconv.ParseInt and ParseUint with base 0, after the underscores are gone.
std::optional<Integer> parse_base_zero(std::string_view text) {
  Integer result;
  const bool has_sign = text.starts_with('+') || text.starts_with('-');
  if (has_sign) {
    result.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  int base = 10;
  if (text.size() > 1 && text.front() == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    if (base == 0) {
      base = 8;
      text.remove_prefix(1);
    } else {
      text.remove_prefix(2);
    }
  }
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, result.magnitude, base);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  // Only ParseInt takes a sign; ParseUint serves what is too large for it.
  if (has_sign && !result.fits_signed()) return std::nullopt;
  return result;
}

// yamlStyleFloat: ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
bool is_yaml_float(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t from = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - from;
  };
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  const std::size_t whole = digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0 && whole == 0) return false;
  } else if (whole == 0) {
    return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

// A finite double; Go's ParseFloat reports ErrRange for what overflows, and the text stays a
// string.
std::optional<double> parse_finite(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (stop != end) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    // from_chars reports underflow too, which Go rounds to zero.
    const std::size_t e = text.find_first_of("eE");
    const bool tiny = e != std::string_view::npos && e + 1 < text.size() && text[e + 1] == '-';
    if (tiny) return 0.0;
    return std::nullopt;
  }
  if (error != std::errc()) return std::nullopt;
  return value;
}

std::optional<double> parse_float(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '.') {
    // Go's ParseFloat sees these as they are, underscores included, and refuses them.
    return is_yaml_float(text) ? parse_finite(text) : std::nullopt;
  }
  const std::string plain = without_underscores(text);
  return is_yaml_float(plain) ? parse_finite(plain) : std::nullopt;
}

bool may_be_number(std::string_view text) {
  return !text.empty() && (is_digit(text.front()) || text.front() == '+' || text.front() == '-');
}

// strconv.FormatFloat(value, 'g', -1, 32).
std::string format_float_key(double value) {
  const auto single = static_cast<float>(value);
  if (std::isinf(single)) return single > 0 ? ".inf" : "-.inf";
  if (single == 0) return std::signbit(single) ? "-0" : "0";
  std::array<char, 64> buffer{};
  const auto scientific = std::to_chars(buffer.data(), buffer.data() + buffer.size(), single,
                                        std::chars_format::scientific);
  std::string text(buffer.data(), scientific.ptr);
  const std::size_t e = text.find('e');
  int exponent = 0;
  const char* digits = text.data() + e + 1;
  if (*digits == '+') ++digits;
  std::from_chars(digits, text.data() + text.size(), exponent);
  // `g` at its shortest turns to an exponent below -4 and from 6 on.
  if (exponent < -4 || exponent >= 6) return text;
  const auto fixed =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), single, std::chars_format::fixed);
  return {buffer.data(), fixed.ptr};
}

}  // namespace

ScalarType resolve_plain(std::string_view text) {
  if (text.empty()) return ScalarType::kNull;
  const char first = text.front();
  // Everything else is a string whatever follows: the table's own shortcut.
  if (!is_digit(first) &&
      std::string_view("+-.yYnNtTfFoO~").find(first) == std::string_view::npos) {
    return ScalarType::kString;
  }
  if (text.size() <= 5) {
    if (one_of(text, kNull)) return ScalarType::kNull;
    if (one_of(text, kTrue) || one_of(text, kFalse)) return ScalarType::kBool;
    if (one_of(text, kSpecialFloat)) return ScalarType::kFloat;
  }
  if (may_be_number(text)) {
    if (parse_base_zero(without_underscores(text))) return ScalarType::kInt;
  } else if (first != '.') {
    return ScalarType::kString;
  }
  return parse_float(text) ? ScalarType::kFloat : ScalarType::kString;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  if (!may_be_number(text)) return std::nullopt;
  const auto value = parse_base_zero(without_underscores(text));
  if (!value || !value->fits_signed()) return std::nullopt;
  return static_cast<std::int64_t>(value->negative ? 0 - value->magnitude : value->magnitude);
}

std::optional<std::int64_t> parse_integral_float(std::string_view text) {
  const auto value = parse_float(text);
  // encoding/json writes floats below 1e21 without an exponent.
  constexpr double kLimit = 9.2e18;
  if (!value || std::trunc(*value) != *value || std::fabs(*value) > kLimit) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

std::optional<bool> parse_bool(std::string_view text) {
  if (one_of(text, kTrue)) return true;
  if (one_of(text, kFalse)) return false;
  return std::nullopt;
}

std::string json_key(std::string_view text) {
  switch (resolve_plain(text)) {
    case ScalarType::kBool:
      return *parse_bool(text) ? "true" : "false";
    case ScalarType::kInt: {
      const auto value = parse_base_zero(without_underscores(text));
      std::string digits = std::to_string(value->magnitude);
      if (value->negative && value->magnitude != 0) digits.insert(digits.begin(), '-');
      return digits;
    }
    case ScalarType::kFloat: {
      if (const auto value = parse_float(text)) return format_float_key(*value);
      const char last = static_cast<char>(text.back() | 0x20);
      if (last == 'n') return ".nan";
      return text.front() == '-' ? "-.inf" : ".inf";
    }
    case ScalarType::kNull:
      return "null";
    case ScalarType::kString:
      break;
  }
  return std::string(text);
}

}  // namespace sts::kube
