#include "kube/semantics/rfc3339.h"

#include <cstddef>

namespace sts::kube {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool failed() const { return failed_; }
  bool at_end() const { return text_.empty(); }

  unsigned digits(std::size_t count, unsigned least, unsigned most) {
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = i < text_.size() ? text_[i] : '?';
      if (c < '0' || c > '9') failed_ = true;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (failed_ || value < least || value > most) {
      failed_ = true;
      return 0;
    }
    text_.remove_prefix(count);
    return value;
  }

  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  void expect(char c) {
    if (!take(c)) failed_ = true;
  }

  void skip_fraction() {
    if (!take('.') && !take(',')) return;  // Go takes a comma, too
    const std::size_t end = text_.find_first_not_of("0123456789");
    if (end == 0 || text_.empty()) failed_ = true;
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end);
  }

 private:
  std::string_view text_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::chrono::sys_seconds> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  Reader in(text);
  const int year_number = static_cast<int>(in.digits(4, 0, 9999));
  in.expect('-');
  const unsigned month_number = in.digits(2, 1, 12);
  in.expect('-');
  const unsigned day_number = in.digits(2, 1, 31);
  in.expect('T');
  const hours hour(in.digits(2, 0, 23));
  in.expect(':');
  const minutes minute(in.digits(2, 0, 59));
  in.expect(':');
  const seconds second(in.digits(2, 0, 59));
  in.skip_fraction();
  minutes offset{0};
  if (!in.take('Z')) {
    const bool west = in.take('-');
    if (!west) in.expect('+');
    const hours offset_hours(in.digits(2, 0, 24));
    in.expect(':');
    offset = offset_hours + minutes(in.digits(2, 0, 60));
    if (west) offset = -offset;
  }
  const year_month_day date{year(year_number), month(month_number), day(day_number)};
  if (in.failed() || !in.at_end() || !date.ok()) return std::nullopt;
  return sys_days(date) + hour + minute + second - offset;
}

}  // namespace sts::kube
