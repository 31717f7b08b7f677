#include "kube/object/yaml_error.h"

#include "kube/object/foreign_text.h"
#include "kube/object/line_view.h"
#include "kube/object/utf8.h"

#include <algorithm>
#include <string>
#include <utility>

namespace sts::kube {
namespace {

Problem problem(ByteRange where, std::string message, std::string fix) {
  return {ProblemKind::kSyntax, where, std::move(message), std::move(fix), {}, {}};
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::size_t cut = std::min(text.size(), kMost);
  while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) {
    --cut;
  }
  std::string result = "\"";
  result += text.substr(0, cut);
  result += cut < text.size() ? "…\"" : "\"";
  return result;
}

std::string indent_by(std::uint32_t spaces) {
  if (spaces == 0) return "begin it at column 1";
  return "indent it by " + std::to_string(spaces) + (spaces == 1 ? " space" : " spaces");
}

bool is_quote(const LastScalar& scalar) {
  return scalar.style == ScalarStyle::kSingleQuoted || scalar.style == ScalarStyle::kDoubleQuoted;
}

class Explainer {
 public:
  Explainer(std::string_view text, ByteRange document, const YamlError& error,
            const ReadSoFar& so_far)
      : text_(text),
        document_(document),
        error_(error),
        last_(so_far.last_scalar),
        open_(so_far.innermost_open),
        at_(std::min(error.problem_at, document.end)),
        line_(line_at(text, document, at_)) {
    // At its very end a text that ends with a line break has an empty line; people see none.
    if (at_ == document.end && at_ > document.begin && line_.text.empty()) {
      line_ = line_at(text, document, at_ - 1);
    }
  }

  Problem explain() const {
    if (auto found = find_foreign_text(text_, document_, std::min(error_.context_at, at_), line_)) {
      return *found;
    }
    if (auto found = by_words()) return *found;
    return problem(char_at(at_), "this is not valid YAML: " + error_.problem,
                   "mend the text here or just before it");
  }

 private:
  bool says(std::string_view words) const {
    return error_.problem.find(words) != std::string::npos;
  }
  bool during(std::string_view words) const {
    return error_.context.find(words) != std::string::npos;
  }
  char byte(std::uint32_t at) const { return at < document_.end ? text_[at] : '\0'; }
  std::string_view slice(ByteRange range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }
  ByteRange char_at(std::uint32_t at) const {
    if (at >= document_.end) return {document_.end, document_.end};
    const CodePoint point = read_code_point(text_.substr(at, document_.end - at));
    const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(point.length, 1));
    return {at, at + length};
  }

  std::optional<Problem> by_words() const;
  std::optional<Problem> missing_blank(const LineView& line) const;
  Problem value_not_allowed() const;
  Problem no_colon() const;
  Problem no_key() const;
  Problem no_item() const;
  Problem not_closed(std::uint32_t opened) const;
  Problem in_flow(char open, char close) const;
  Problem bad_start() const;
  Problem bad_escape() const;
  Problem directive() const;

  std::string_view text_;
  ByteRange document_;
  const YamlError& error_;
  std::optional<LastScalar> last_;
  std::optional<std::uint32_t> open_;
  std::uint32_t at_;
  LineView line_;
};

// "name:foo" and "-foo" read as plain text: the blank behind the sign is missing.
std::optional<Problem> Explainer::missing_blank(const LineView& line) const {
  const ByteRange content = line.content();
  const std::string_view written = slice(content);
  if (written.empty() || written.find(": ") != std::string_view::npos) return std::nullopt;
  if (written.front() == '-' && written.size() > 1 && written[1] != ' ' && written[1] != '-') {
    return problem(content, "no space after the \"-\" of " + quoted(written),
                   "write \"- " + std::string(written.substr(1)) + "\"");
  }
  const std::size_t colon = written.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 >= written.size() ||
      written.find_first_of(" /\"'{[") < colon || written.substr(colon + 1).starts_with("//")) {
    return std::nullopt;
  }
  return problem(content, "no space after the \":\" of " + quoted(written),
                 "write \"" + std::string(written.substr(0, colon + 1)) + " " +
                     std::string(written.substr(colon + 1)) + "\"");
}

Problem Explainer::value_not_allowed() const {
  const std::string_view before = slice({line_.begin, at_});
  const std::size_t first = before.find(": ");
  if (first != std::string_view::npos) {
    // The value from behind the first colon to the line's end.
    std::uint32_t begin = line_.begin + static_cast<std::uint32_t>(first) + 1;
    while (begin < at_ && byte(begin) == ' ') ++begin;
    return problem({begin, line_.content().end},
                   "this value holds \": \", which makes a second key of it", "put it in quotes");
  }
  if (const auto above = line_above(text_, document_, line_)) {
    if (auto found = missing_blank(*above)) return *found;
    if (above->indent() < line_.indent()) {
      return problem(
          {line_.first(), at_},
          "this key is indented deeper than the line above it, which has a value already",
          indent_by(above->indent()) + " like the line above, or take the value away from there");
    }
  }
  constexpr std::uint32_t kLongestKey = 1024;  // YAML 1.1, and libyaml and go-yaml with it
  if (at_ - line_.first() > kLongestKey) {
    return problem({line_.first(), at_}, "a key may not be longer than 1024 characters",
                   "shorten it, or put the text in a value");
  }
  if (auto found = missing_blank(line_)) return *found;
  return problem({line_.first(), std::max(line_.first(), at_)}, "a key cannot stand here",
                 "compare the indentation of this line with the lines above it");
}

Problem Explainer::no_colon() const {
  const LineView line = line_at(text_, document_, error_.context_at);
  if (auto found = missing_blank(line)) return *found;
  const ByteRange where{std::max(error_.context_at, line.first()), line.content().end};
  return problem(
      where, quoted(slice(where)) + " is no \"key: value\"",
      "write a colon and a space after the key, or indent the line to make it part of the "
      "text above");
}

Problem Explainer::no_key() const {
  if (last_ && is_quote(*last_) && last_->range.end <= at_ &&
      slice({last_->range.end, at_}).find('\n') == std::string_view::npos) {
    const bool several_lines = slice(last_->range).find('\n') != std::string_view::npos;
    const bool single = last_->style == ScalarStyle::kSingleQuoted;
    Problem found = problem(char_at(at_), "text follows the closing quote",
                            single ? "write a quote inside of single quotes twice ('')"
                                   : "write a quote inside of double quotes as \\\"");
    if (several_lines) {
      found.message = "text follows the closing quote of a string that began lines above";
      found.fix = "close the string where it should end";
      found.related = {last_->range.begin, last_->range.begin + 1};
      found.related_message = "the string begins here";
    }
    return found;
  }
  const char c = byte(at_);
  if (c == '}' || c == ']' || c == ',') {
    return problem(char_at(at_), std::string("a \"") + c + "\" that belongs to no bracket",
                   "remove it, or put the text in quotes");
  }
  const std::uint32_t mapping = error_.context_at;
  const std::uint32_t column = mapping - line_at(text_, document_, mapping).begin;
  const std::uint32_t here = at_ - line_.begin;
  if (c == '-' && here == column) {
    return problem(char_at(at_), "a list item stands among the keys of a mapping",
                   "give the list a key of its own, or indent it below the key that it belongs to");
  }
  if (at_ == line_.first() && here != column) {
    const auto above = line_above(text_, document_, line_);
    const bool deeper = above && above->indent() > here;
    Problem found = problem(line_.content(), "the indentation of this line fits no line above it",
                            deeper ? indent_by(above->indent()) + " like the line above, or by less"
                                   : indent_by(column));
    if (last_ && (last_->style == ScalarStyle::kLiteral || last_->style == ScalarStyle::kFolded)) {
      found.message =
          "this line is indented less than the block of text above it, but deeper than its key";
      found.fix = "indent it like the text to make it a part of it";
    }
    return found;
  }
  return problem(char_at(at_), "a key is expected here",
                 "write it as \"key: value\", or put the text in quotes");
}

Problem Explainer::no_item() const {
  Problem found =
      problem({at_, std::max(at_, line_.content().end)},
              "this line stands between the items of a list, but is none",
              "begin it with \"- \", or change its indentation: deeper to make it part of "
              "the item above, less to end the list");
  if (at_ >= document_.end) found.where = char_at(at_);
  const LineView list = line_at(text_, document_, error_.context_at);
  found.related = {error_.context_at, std::max(error_.context_at, list.content().end)};
  found.related_message = "the list begins here";
  return found;
}

Problem Explainer::not_closed(std::uint32_t opened) const {
  const char* const close = byte(opened) == '[' ? "]" : "}";
  return problem(char_at(opened), std::string("this \"") + byte(opened) + "\" is not closed",
                 std::string("close it with \"") + close + "\", or quote the text if it is none");
}

Problem Explainer::in_flow(char open, char close) const {
  const char c = byte(at_);
  const std::uint32_t opened = error_.context_at;
  const ByteRange bracket = char_at(opened);
  Problem found;
  if ((c == ']' || c == '}') && c != close) {
    found = problem(char_at(at_), std::string("\"") + c + "\" does not close the \"" + open + "\"",
                    std::string("write \"") + close + "\" instead, or remove it");
  } else if (at_ >= document_.end || line_.begin > line_at(text_, document_, opened).begin) {
    return not_closed(opened);
  } else {
    found = problem(
        char_at(at_), std::string("a \",\" or \"") + close + "\" is missing before this",
        std::string("separate the entries with commas, or close with \"") + close + "\" before it");
  }
  found.related = bracket;
  found.related_message = std::string("\"") + open + "\" opened here";
  return found;
}

Problem Explainer::bad_start() const {
  const char c = byte(at_);
  if (c == '\t') {
    return problem(char_at(at_), "a tab stands where YAML allows only spaces",
                   "replace the tab with a space");
  }
  return problem(char_at(at_), std::string("a value cannot begin with \"") + c + "\"",
                 "put it in quotes");
}

Problem Explainer::bad_escape() const {
  // The mark is on the backslash, or behind it on the digits.
  std::uint32_t slash = at_;
  while (slash > document_.begin && byte(slash) != '\\') --slash;
  const ByteRange where{slash, std::min(slash + 2, document_.end)};
  const std::string written(slice(where));
  if (says("unknown escape")) {
    return problem(where, "the escape " + written + " does not exist in double quotes",
                   "write \\" + written + ", or use single quotes");
  }
  if (says("hexdecimal")) {
    return problem(where, "the escape " + written + " lacks hexadecimal digits",
                   "write \\\\ for a backslash, or use single quotes");
  }
  // \uXXXX, \UXXXXXXXX
  const std::uint32_t length = byte(slash + 1) == 'U' ? 10 : byte(slash + 1) == 'u' ? 6 : 4;
  const ByteRange whole{slash, std::min(slash + length, document_.end)};
  const std::string escape(slice(whole));
  const char second = escape.size() > 3 ? escape[3] : '\0';
  const bool is_half = length == 6 && (escape[2] == 'd' || escape[2] == 'D') &&
                       std::string_view("89abcdefABCDEF").find(second) != std::string_view::npos;
  return problem(whole,
                 "the escape " + escape +
                     (is_half ? " is one half of a character, which YAML does not allow"
                              : " names no Unicode character"),
                 "write the character itself");
}

Problem Explainer::directive() const {
  LineView line = line_at(text_, document_, document_.begin);
  while (!line.text.starts_with('%')) {
    const auto next = next_line(text_, document_, line);
    if (!next || next->begin > line_.begin) break;
    line = *next;
  }
  return problem(line.content(),
                 "kubectl refuses YAML directives such as " + quoted(slice(line.content())),
                 "delete the line");
}

std::optional<Problem> Explainer::by_words() const {
  if (during("directive") || says("directive") || says("<document start>") ||
      says("incompatible YAML")) {
    return directive();
  }
  if (says("unexpected end of stream") || says("unexpected document indicator")) {
    const char quote = byte(error_.context_at);
    return problem(char_at(error_.context_at), "this quote is never closed",
                   std::string("close it with ") + quote);
  }
  if (says("mapping values are not allowed")) return value_not_allowed();
  if (says("could not find expected ':'")) return no_colon();
  if (says("did not find expected key")) return no_key();
  if (says("expected '-' indicator")) return no_item();
  if (says("',' or ']'")) return in_flow('[', ']');
  if (says("',' or '}'")) return in_flow('{', '}');
  if (says("cannot start any token")) return bad_start();
  if (says("unknown escape") || says("hexdecimal") || says("character escape code")) {
    return bad_escape();
  }
  if (says("node content")) {
    const char c = byte(at_);
    const char open = open_ ? byte(*open_) : '\0';
    if (at_ >= document_.end && (open == '[' || open == '{')) return not_closed(*open_);
    if (c == '\0') return std::nullopt;
    return problem(char_at(at_), std::string("\"") + c + "\" stands where a value is expected",
                   "remove it, or put it in quotes if it is text");
  }
  if (during("an alias") || during("an anchor")) {
    const char sign = byte(error_.context_at);
    const char* const what = sign == '*' ? "an alias" : "an anchor";
    return problem(char_at(error_.context_at),
                   std::string("\"") + sign + "\" begins " + what + ", but no proper name follows",
                   "put the value in quotes if it is text");
  }
  if (during("tag") || says("tag")) {
    return problem(char_at(error_.context_at), "\"!\" begins a tag, and this is no known one",
                   "put the value in quotes if it is text");
  }
  if (during("block scalar")) {
    return problem(char_at(at_), "text stands behind the | or > that opens a block of text",
                   "begin the text on the next line");
  }
  if (says("block sequence entries are not allowed")) {
    return problem(char_at(at_), "a list cannot begin on the line of its key",
                   "begin the list on the next line");
  }
  return std::nullopt;
}

}  // namespace

Problem explain_yaml_error(std::string_view text, ByteRange document, const YamlError& error,
                           const ReadSoFar& so_far) {
  return Explainer(text, document, error, so_far).explain();
}

}  // namespace sts::kube
