#include "kube/object/json_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace sts::kube {
namespace {

using Json = nlohmann::json;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_punctuation(char c) {
  return std::string_view("{}[],:\"").find(c) != std::string_view::npos;
}

// Behind the closing quote of the string that begins at `at`; `end` where it has none.
std::uint32_t string_end(std::string_view text, std::uint32_t at, std::uint32_t end) {
  for (++at; at < end; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return end;
}

// Behind the comment that begins at `at`, as JavaScript or YAML write them; `at` for none.
std::uint32_t comment_end(std::string_view text, std::uint32_t at, std::uint32_t end) {
  const std::string_view rest = text.substr(at, end - at);
  if (rest.starts_with("/*")) {
    const std::size_t close = rest.find("*/", 2);
    return close == std::string_view::npos ? end : at + static_cast<std::uint32_t>(close) + 2;
  }
  if (!rest.starts_with("//") && !rest.starts_with('#')) return at;
  return at + static_cast<std::uint32_t>(std::min(rest.find_first_of("\r\n"), rest.size()));
}

// The value of the \uXXXX at an offset; nothing where there is none.
std::optional<unsigned> code_unit(std::string_view text, std::uint32_t at) {
  constexpr std::size_t kLength = 6;
  if (at + kLength > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned value = 0;
  const char* const end = text.data() + at + kLength;
  const auto [stop, error] = std::from_chars(text.data() + at + 2, end, value, 16);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

Problem json_comment(ByteRange where) {
  return {ProblemKind::kSyntax, where, "JSON has no comments", "delete it, or write YAML", {}, {}};
}

bool is_high_half(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_half(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The first \uXXXX in a string that is half of a pair, without its other half.
ByteRange lone_surrogate(std::string_view text, ByteRange string) {
  constexpr std::uint32_t kLength = 6;
  for (std::uint32_t at = string.begin; at < string.end; ++at) {
    if (text[at] != '\\') continue;
    const auto unit = code_unit(text.substr(0, string.end), at);
    if (unit && is_high_half(*unit)) {
      const auto next = code_unit(text.substr(0, string.end), at + kLength);
      if (!next || !is_low_half(*next)) return {at, at + kLength};
      at += 2 * kLength - 1;
    } else if (unit && is_low_half(*unit)) {
      return {at, at + kLength};
    } else {
      ++at;
    }
  }
  return {string.begin, string.begin + 1};
}

/// nlohmann's SAX tells no positions, but its events come in the order of the text, so each token
/// is found from where the last one ended.
class Handler : public nlohmann::json_sax<Json> {
 public:
  Handler(std::string_view text, ByteRange range, TreeBuilder& builder)
      : text_(text), at_(range.begin), end_(range.end), builder_(builder) {}

  std::uint32_t at() const { return at_; }
  std::optional<Problem> take_error() { return std::move(error_); }

  bool null() override { return plain(); }
  bool boolean(bool) override { return plain(); }
  bool number_integer(number_integer_t) override { return plain(); }
  bool number_unsigned(number_unsigned_t) override { return plain(); }
  bool number_float(number_float_t, const string_t&) override { return plain(); }
  bool binary(binary_t&) override { return false; }
  bool string(string_t& value) override { return quoted(value); }
  bool key(string_t& value) override { return quoted(value); }
  bool start_object(std::size_t) override { return open(NodeKind::kMapping); }
  bool start_array(std::size_t) override { return open(NodeKind::kSequence); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t, const std::string& last_token,
                   const nlohmann::detail::exception& why) override {
    explain(last_token, why.what());
    return false;
  }

 private:
  void find_token() {
    while (at_ < end_ && (is_blank(text_[at_]) || text_[at_] == ',' || text_[at_] == ':')) ++at_;
  }

  bool plain() {
    find_token();
    const std::uint32_t begin = at_;
    while (at_ < end_ && !is_blank(text_[at_]) && !is_punctuation(text_[at_])) {
      ++at_;
    }
    return builder_.scalar({{begin, at_},
                            text_.substr(begin, at_ - begin),
                            ScalarStyle::kPlain,
                            ScalarTag::kNone,
                            {}});
  }

  bool quoted(const string_t& value) {
    find_token();
    const std::uint32_t begin = at_;
    at_ = string_end(text_, at_, end_);
    return builder_.scalar({{begin, at_}, value, ScalarStyle::kDoubleQuoted, ScalarTag::kNone, {}});
  }

  bool open(NodeKind kind) {
    find_token();
    open_.push_back(at_);
    return builder_.begin(kind, at_++);
  }

  bool close() {
    find_token();
    open_.pop_back();
    return builder_.end(++at_);
  }

  void explain(const std::string& last_token, const std::string& why);
  Problem problem(ByteRange where, std::string message, std::string fix) const {
    where = {std::min(where.begin, end_), std::min(where.end, end_)};
    return {ProblemKind::kSyntax, where, std::move(message), std::move(fix), {}, {}};
  }

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t end_;
  TreeBuilder& builder_;
  std::vector<std::uint32_t> open_;
  std::optional<Problem> error_;
};

void Handler::explain(const std::string& last_token, const std::string& why) {
  const auto has = [&](const char* words) { return why.find(words) != std::string::npos; };
  // From the last good token on: blanks and one comma or colon, then what was not expected.
  while (at_ < end_ && is_blank(text_[at_])) ++at_;
  std::uint32_t bad = at_;
  const bool separated = bad < end_ && (text_[bad] == ',' || text_[bad] == ':') &&
                         last_token != std::string(1, text_[bad]);
  if (separated) ++bad;
  while (bad < end_ && is_blank(text_[bad])) ++bad;
  if (const std::uint32_t end = comment_end(text_, bad, end_); end > bad) {
    error_ = json_comment({bad, end});
    return;
  }
  if (has("missing closing quote")) {
    error_ = problem({bad, bad + 1}, "this string is never closed", "close it with \"");
    return;
  }
  if (has("must be escaped")) {
    error_ = problem({bad, bad + 1}, "this string holds a line break or another control character",
                     "close the string with \" on its own line, or write the break as \\n");
    return;
  }
  if (has("surrogate")) {
    const ByteRange half = lone_surrogate(text_, {bad, string_end(text_, bad, end_)});
    error_ = problem(half,
                     "the escape " + std::string(text_.substr(half.begin, half.end - half.begin)) +
                         " is one half of a character, and the other half does not follow",
                     "write the character itself");
    return;
  }
  if (has("invalid string")) {
    error_ = problem({bad, bad + 1}, "this string holds an escape that JSON does not know",
                     "write a backslash as \\\\");
    return;
  }
  const char c = bad < end_ ? text_[bad] : '\0';
  const char opened = open_.empty() ? '\0' : text_[open_.back()];
  if (bad >= end_ || has("unexpected end of input")) {
    const char* const close = opened == '[' ? "]" : "}";
    const std::uint32_t at = open_.empty() ? at_ : open_.back();
    error_ = problem({at, at + 1}, std::string("this \"") + opened + "\" is not closed",
                     std::string("close it with \"") + close + "\"");
    return;
  }
  if (c == '}' || c == ']') {
    if (c != (opened == '[' ? ']' : '}')) {
      error_ = problem({bad, bad + 1},
                       std::string("\"") + c + "\" does not close the \"" + opened + "\"",
                       "make the brackets match");
      error_->related = {open_.back(), open_.back() + 1};
      error_->related_message = std::string("\"") + opened + "\" opened here";
    } else {
      error_ = problem({bad, bad + 1}, std::string("a value is missing before the \"") + c + "\"",
                       "write one, or remove what stands before it");
    }
    return;
  }
  std::uint32_t stop = bad + 1;
  if (c == '"') {
    stop = string_end(text_, bad, end_);
  } else if (!is_punctuation(c)) {
    while (stop < end_ && !is_blank(text_[stop]) && !is_punctuation(text_[stop])) ++stop;
  }
  constexpr std::uint32_t kMost = 40;
  std::string token(text_.substr(bad, std::min(stop - bad, kMost)));
  if (stop - bad > kMost) token += "…";
  if (c != '"') token = "\"" + token + "\"";
  if (has("expected ',' or") || has("expected '}'") || has("expected ']'")) {
    error_ = problem({bad, stop}, "a comma is missing before " + token, "put one there");
  } else if (has("expected ':'")) {
    error_ =
        problem({bad, stop}, "a colon is missing before " + token, "put one between key and value");
  } else {
    error_ = problem({bad, stop}, "JSON does not allow " + token + " here",
                     "write keys and strings in double quotes");
  }
}

}  // namespace

std::optional<Problem> find_json_comment(std::string_view text, ByteRange range) {
  const std::uint32_t end = comment_end(text, range.begin, range.end);
  if (end == range.begin) return std::nullopt;
  return json_comment({range.begin, end});
}

JsonOutcome read_json(std::string_view text, ByteRange range, TreeBuilder& builder) {
  JsonOutcome outcome;
  Handler handler(text, range, builder);
  // strict = false: it stops behind the value, so that a stream is read one by one.
  outcome.read = Json::sax_parse(text.data() + range.begin, text.data() + range.end, &handler,
                                 nlohmann::detail::input_format_t::json, false);
  outcome.end = handler.at();
  outcome.error = handler.take_error();
  return outcome;
}

std::optional<JsonGlance> glance_at_json(std::string_view text, ByteRange range) {
  JsonGlance glance;
  bool several = false;
  std::uint32_t depth = 0;
  std::string_view last_string;
  bool kind_follows = false;
  for (std::uint32_t at = range.begin; at < range.end;) {
    const char c = text[at];
    if (c == '"') {
      const std::uint32_t end = string_end(text, at, range.end);
      if (depth == 1 || kind_follows) {
        last_string = end - at >= 2 ? text.substr(at + 1, end - at - 2) : std::string_view();
        if (kind_follows) {
          several = several || glance.kind;
          glance.kind = last_string;
          kind_follows = false;
          last_string = {};
        }
      }
      at = end;
      continue;
    }
    if (c == '{' || c == '[') {
      ++depth;
      last_string = {};
      kind_follows = false;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return std::nullopt;
      if (--depth == 0) {
        glance.end = at + 1;
        // An escape or a second "kind" is for the parser to judge.
        const bool plain = glance.kind && glance.kind->find('\\') == std::string_view::npos;
        if (several || !plain) glance.kind.reset();
        return glance;
      }
    } else if (c == ':' && depth == 1) {
      kind_follows = last_string == "kind";
    } else if (!is_blank(c)) {
      kind_follows = false;
      last_string = {};
    }
    ++at;
  }
  return std::nullopt;
}

}  // namespace sts::kube
