#include "kube/semantics/quantity.h"

#include <charconv>
#include <optional>
#include <utility>

namespace sts::kube {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// quantity.go, ErrFormatWrong and ErrSuffix.
constexpr std::string_view kFormatWrong =
    "quantities must match the regular expression "
    "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
constexpr std::string_view kSuffixWrong = "unable to parse quantity's suffix";

struct Scale {
  int base = 10;
  std::int64_t exponent = 0;
};

// suffix.go, quantitySuffixer.interpret: the tables first, so that a lone `E` is exa, not an
// exponent.
std::optional<Scale> scale_of(std::string_view suffix) {
  constexpr std::pair<std::string_view, Scale> kTable[] = {
      {"", {10, 0}},   {"n", {10, -9}}, {"u", {10, -6}}, {"m", {10, -3}},
      {"k", {10, 3}},  {"M", {10, 6}},  {"G", {10, 9}},  {"T", {10, 12}},
      {"P", {10, 15}}, {"E", {10, 18}}, {"Ki", {2, 10}}, {"Mi", {2, 20}},
      {"Gi", {2, 30}}, {"Ti", {2, 40}}, {"Pi", {2, 50}}, {"Ei", {2, 60}},
  };
  for (const auto& [name, scale] : kTable) {
    if (suffix == name) return scale;
  }
  if (suffix.size() < 2 || (suffix[0] != 'e' && suffix[0] != 'E')) return std::nullopt;
  suffix.remove_prefix(1);
  if (suffix[0] == '+') suffix.remove_prefix(1);  // from_chars takes no plus, Go's ParseInt does
  std::int64_t exponent = 0;
  const auto [end, error] = std::from_chars(suffix.data(), suffix.data() + suffix.size(), exponent);
  if (suffix.empty() || error != std::errc{} || end != suffix.data() + suffix.size()) {
    return std::nullopt;
  }
  return Scale{10, static_cast<std::int32_t>(exponent)};  // quantity.go narrows it like this
}

void double_digits(std::string& digits) {
  int carry = 0;
  for (std::size_t i = digits.size(); i-- > 0;) {
    const int twice = (digits[i] - '0') * 2 + carry;
    digits[i] = static_cast<char>('0' + twice % 10);
    carry = twice / 10;
  }
  if (carry != 0) digits.insert(digits.begin(), '1');
}

}  // namespace

void Quantity::shed_zeroes() {
  const std::size_t first = digits_.find_first_not_of('0');
  digits_.erase(0, first == std::string::npos ? digits_.size() : first);
  while (!digits_.empty() && digits_.back() == '0') {
    digits_.pop_back();
    ++exponent_;
  }
  if (digits_.empty()) exponent_ = 0;
}

// "if you want some resources, you should get some resources" (quantity.go): up, away from zero.
void Quantity::round_to_nano() {
  if (digits_.empty() || exponent_ >= -9) return;
  const std::int64_t excess = -9 - exponent_;
  if (excess >= static_cast<std::int64_t>(digits_.size())) {
    digits_ = "1";
  } else {
    digits_.resize(digits_.size() - static_cast<std::size_t>(excess));
    std::size_t i = digits_.size();
    while (i > 0 && digits_[i - 1] == '9') digits_[--i] = '0';
    if (i == 0) {
      digits_.insert(digits_.begin(), '1');
    } else {
      ++digits_[i - 1];
    }
  }
  exponent_ = -9;
  shed_zeroes();
}

std::strong_ordering operator<=>(const Quantity& a, const Quantity& b) {
  if (a.sign() != b.sign()) return a.sign() <=> b.sign();
  if (a.sign() == 0) return std::strong_ordering::equal;
  const auto magnitude = [](const Quantity& q) {
    return static_cast<std::int64_t>(q.digits_.size()) + q.exponent_;
  };
  auto order = magnitude(a) <=> magnitude(b);
  // No zeroes at the ends, so digits of one magnitude compare as text.
  if (order == 0) order = a.digits_.compare(b.digits_) <=> 0;
  if (a.sign() > 0 || order == 0) return order;
  return order < 0 ? std::strong_ordering::greater : std::strong_ordering::less;
}

Result<Quantity> parse_quantity(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return fail(std::string(kFormatWrong));
  text = text.substr(first, text.find_last_not_of(kBlank) - first + 1);

  // parseQuantityString: sign, digits, one point, digits, then letters, a sign, digits.
  Quantity quantity;
  std::size_t at = 0;
  if (text[0] == '-' || text[0] == '+') {
    quantity.negative_ = text[0] == '-';
    ++at;
  }
  for (; at < text.size() && is_digit(text[at]); ++at) quantity.digits_ += text[at];
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && is_digit(text[at]); ++at) {
      quantity.digits_ += text[at];
      --quantity.exponent_;
    }
  }
  const std::size_t suffix_begin = at;
  constexpr std::string_view kSuffixLetters = "eEinumkKMGTP";
  while (at < text.size() && kSuffixLetters.find(text[at]) != std::string_view::npos) ++at;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at != text.size()) return fail(std::string(kFormatWrong));
  const std::optional<Scale> scale = scale_of(text.substr(suffix_begin));
  if (!scale) return fail(std::string(kSuffixWrong));

  if (scale->base == 2) {
    for (std::int64_t i = 0; i < scale->exponent; ++i) double_digits(quantity.digits_);
  } else {
    quantity.exponent_ += scale->exponent;
  }
  quantity.shed_zeroes();
  quantity.round_to_nano();
  if (scale->base == 2) {
    Quantity most;
    most.digits_ = "9223372036854775807";
    most.negative_ = quantity.negative_;
    if (quantity.negative_ ? quantity < most : quantity > most) quantity = most;
  }
  return quantity;
}

}  // namespace sts::kube
