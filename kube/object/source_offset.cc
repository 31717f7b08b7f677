#include "kube/object/tree.h"
#include "kube/object/utf8.h"

#include <algorithm>
#include <string_view>

// Where a byte of a scalar's text stands in the source: the way back through quotes, escapes,
// folding and indentation.

namespace sts::kube {
namespace {

bool is_break(char c) { return c == '\n' || c == '\r'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Walks the source of a plain or quoted scalar along with the text that it stands for.
class FlowWalk {
 public:
  FlowWalk(std::string_view source, ScalarStyle style) : source_(source), style_(style) {}

  /// The source offset of text byte `wanted`.
  std::size_t find(std::size_t wanted) {
    while (at_ < source_.size()) {
      const std::size_t from = at_;
      const std::size_t made = step();
      if (made > wanted) return made > 1 && at_ - from == made ? from + wanted : from;
      wanted -= made;
    }
    return source_.size();
  }

 private:
  // Passes one unit of the source; returns how many bytes of text it makes.
  std::size_t step() {
    const char c = source_[at_];
    if (is_blank(c) || is_break(c)) return white();
    if (c == '\'' && style_ == ScalarStyle::kSingleQuoted) {
      at_ += 2;
      return 1;
    }
    if (c == '\\' && style_ == ScalarStyle::kDoubleQuoted) return escape();
    ++at_;
    return 1;
  }

  // A run of blanks stands for itself, or, around line breaks, for one blank or the breaks.
  std::size_t white() {
    std::size_t end = at_;
    std::size_t breaks = 0;
    while (end < source_.size() && (is_blank(source_[end]) || is_break(source_[end]))) {
      if (is_break(source_[end])) {
        ++breaks;
        if (source_.substr(end, 2) == "\r\n") ++end;
      }
      ++end;
    }
    if (breaks == 0) {
      const std::size_t made = end - at_;
      at_ = end;
      return made;
    }
    at_ = end;
    return std::max<std::size_t>(breaks - 1, 1);
  }

  std::size_t escape() {
    const char c = at_ + 1 < source_.size() ? source_[at_ + 1] : '\0';
    at_ = std::min(at_ + 2, source_.size());
    if (is_break(c)) {
      // An escaped break joins the lines.
      if (c == '\r' && at_ < source_.size() && source_[at_] == '\n') ++at_;
      while (at_ < source_.size() && is_blank(source_[at_])) ++at_;
      return 0;
    }
    switch (c) {
      case 'x':
        return utf8_length(hex(2));
      case 'u': {
        const char32_t first = hex(4);
        const bool pair =
            first >= 0xD800 && first < 0xDC00 && source_.substr(at_).starts_with("\\u");
        if (!pair) return utf8_length(first);
        at_ += 2;
        hex(4);
        return 4;
      }
      case 'U':
        return utf8_length(hex(8));
      case 'N':
      case '_':
        return 2;
      case 'L':
      case 'P':
        return 3;
      default:
        return 1;
    }
  }

  char32_t hex(std::size_t digits) {
    char32_t value = 0;
    for (; digits > 0 && at_ < source_.size() && hex_digit(source_[at_]) >= 0; --digits, ++at_) {
      value = value * 16 + static_cast<char32_t>(hex_digit(source_[at_]));
    }
    return value;
  }

  static std::size_t utf8_length(char32_t value) {
    return value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  }

  std::string_view source_;
  ScalarStyle style_;
  std::size_t at_ = 0;
};

// A block scalar's lines follow its header; what is no blank stands in both in the same order.
std::size_t find_in_block(std::string_view source, std::string_view text, std::size_t wanted) {
  std::size_t at = source.find_first_of("\r\n");
  if (at == std::string_view::npos) return 0;
  at += source.substr(at, 2) == "\r\n" ? 2 : 1;
  const auto white = [](char c) { return is_blank(c) || is_break(c); };
  std::size_t in_text = 0;
  std::size_t behind = at;  // behind the last byte that was matched
  while (in_text < text.size()) {
    if (white(text[in_text])) {
      // Blanks of the text lie behind the last visible byte, as far as the line goes.
      if (in_text == wanted) {
        const bool on_line = behind < source.size() && !is_break(source[behind]);
        return std::min(behind, on_line ? source.size() : behind);
      }
      if (behind < source.size() && source[behind] == text[in_text]) ++behind;
      ++in_text;
      continue;
    }
    at = std::max(at, behind);
    while (at < source.size() && white(source[at])) ++at;
    if (at >= source.size()) break;
    if (in_text == wanted) return at;
    behind = ++at;
    ++in_text;
  }
  return std::min(behind, source.size());
}

}  // namespace

std::uint32_t Value::source_offset(std::size_t offset) const {
  if (!is_scalar()) return range().begin;
  const Node& node = tree_->node(node_);
  const std::string_view source = tree_->source().bytes().substr(node.begin, node.end - node.begin);
  const bool quoted =
      node.style == ScalarStyle::kSingleQuoted || node.style == ScalarStyle::kDoubleQuoted;
  const std::uint32_t quote = quoted && source.size() >= 2 ? 1 : 0;
  if (node.data == 0) {
    return node.begin + quote +
           static_cast<std::uint32_t>(std::min(offset, source.size() - 2 * quote));
  }
  if (node.style == ScalarStyle::kLiteral || node.style == ScalarStyle::kFolded) {
    return node.begin + static_cast<std::uint32_t>(find_in_block(source, text(), offset));
  }
  FlowWalk walk(source.substr(quote, source.size() - 2 * quote), node.style);
  return node.begin + quote + static_cast<std::uint32_t>(walk.find(offset));
}

}  // namespace sts::kube
