#include "kube/object/template.h"

#include <algorithm>
#include <array>

namespace sts::kube {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_break(char c) { return c == '\n' || c == '\r'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_byte(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; }

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view first_word(std::string_view action) {
  const std::size_t begin = action.find_first_not_of("-+ \t\r\n");
  if (begin == std::string_view::npos) return {};
  std::size_t end = begin;
  while (end < action.size() && is_letter(action[end])) ++end;
  return action.substr(begin, end - begin);
}

// The first byte of an action that says something.
char first_mark(std::string_view action) {
  const std::size_t at = action.find_first_not_of("- \t\r\n");
  return at == std::string_view::npos ? '\0' : action[at];
}

/// A light scanner: just enough YAML to tell data from template.
class Masker {
 public:
  Masker(std::string& text, ByteRange range)
      : text_(text), begin_(range.begin), at_(range.begin), end_(range.end) {}

  TemplateMask run() {
    while (at_ < end_) scan_line();
    return mask_;
  }

 private:
  std::string_view rest() const { return std::string_view(text_).substr(at_, end_ - at_); }
  std::uint32_t line_end() const {
    const std::size_t at = text_.find('\n', at_);
    return static_cast<std::uint32_t>(std::min<std::size_t>(at, end_));
  }

  void scan_line();
  void scan_token(std::uint32_t line_begin);
  void scan_quoted(char quote);
  bool scan_block_header();
  bool take_action(bool at_token_start);
  std::uint32_t action_end(std::string_view closer);
  bool alone_on_line(ByteRange where) const;
  void take_at_sign();
  bool take_variable();

  std::string& text_;
  std::uint32_t begin_;
  std::uint32_t at_;
  std::uint32_t end_;
  TemplateMask mask_;
  std::uint32_t no_braces_from_ = UINT32_MAX;
  std::uint32_t no_percent_from_ = UINT32_MAX;
  std::uint32_t no_variable_before_ = 0;

  // State within a line.
  bool token_start_ = true;
  bool after_colon_ = false;
  std::uint32_t entry_column_ = 0;
  int flow_depth_ = 0;
  bool in_block_ = false;
  std::uint32_t block_parent_ = 0;
};

void Masker::scan_line() {
  const std::uint32_t begin = at_;
  while (at_ < end_ && is_blank(text_[at_])) ++at_;
  const std::uint32_t indent = at_ - begin;
  const bool blank = at_ >= end_ || is_break(text_[at_]);
  if (in_block_ && (blank || indent > block_parent_)) {
    at_ = std::min(line_end() + 1, end_);
    return;
  }
  in_block_ = false;
  token_start_ = true;
  after_colon_ = false;
  entry_column_ = indent;
  while (at_ < end_ && text_[at_] != '\n') scan_token(begin);
  if (at_ < end_) ++at_;
}

void Masker::scan_token(std::uint32_t line_begin) {
  const char c = text_[at_];
  const char next = at_ + 1 < end_ ? text_[at_ + 1] : '\n';
  const bool next_blank = is_blank(next) || is_break(next);
  if (is_blank(c) || c == '\r') {
    ++at_;
    return;
  }
  if (c == '{' && (next == '{' || next == '%')) {
    if (take_action(token_start_)) {
      token_start_ = false;
      return;
    }
  }
  if (c == '$' && next == '{' && flow_depth_ > 0 && take_variable()) {
    token_start_ = false;
    return;
  }
  if (c == '#' && (at_ == line_begin || is_blank(text_[at_ - 1]))) {
    at_ = line_end();
    return;
  }
  if (c == ':' && (next_blank || flow_depth_ > 0)) {
    token_start_ = after_colon_ = true;
    ++at_;
    return;
  }
  if (!token_start_) {
    if (flow_depth_ > 0 && (c == ',' || c == ']' || c == '}')) {
      flow_depth_ -= c == ',' ? 0 : 1;
      token_start_ = c == ',';
    }
    ++at_;
    return;
  }
  if (!after_colon_) entry_column_ = at_ - line_begin;
  switch (c) {
    case '-':
    case '?':
      token_start_ = next_blank;
      ++at_;
      return;
    case '[':
    case '{':
      ++flow_depth_;
      ++at_;
      return;
    case ']':
    case '}':
      flow_depth_ = std::max(0, flow_depth_ - 1);
      token_start_ = false;
      ++at_;
      return;
    case '&':
    case '!':
      while (at_ < end_ && !is_blank(text_[at_]) && !is_break(text_[at_])) ++at_;
      return;
    case '"':
    case '\'':
      scan_quoted(c);
      token_start_ = false;
      return;
    case '|':
    case '>':
      if (scan_block_header()) return;
      break;
    case '@':
      take_at_sign();
      break;
    default:
      break;
  }
  token_start_ = c == ',' && flow_depth_ > 0;
  ++at_;
}

bool Masker::scan_block_header() {
  const std::string_view line = std::string_view(text_).substr(at_, line_end() - at_);
  const std::size_t more = line.find_first_not_of("+-0123456789", 1);
  const std::size_t text = line.find_first_not_of(" \t\r", std::min(more, line.size()));
  if (text != std::string_view::npos && !(line[text] == '#' && text > more)) return false;
  in_block_ = true;
  block_parent_ = entry_column_;
  at_ = line_end();
  return true;
}

void Masker::scan_quoted(char quote) {
  ++at_;
  while (at_ < end_) {
    const char c = text_[at_];
    if (c == '{' && rest().starts_with("{{")) {
      // `"{{ include "x" . }}"` is no YAML: only its template can put that right.
      const std::uint32_t close = action_end("}}");
      const std::string_view action = std::string_view(text_).substr(at_, close - at_);
      if (take_action(action.find(quote) != std::string_view::npos)) continue;
    }
    if (c == '\\' && quote == '"') {
      at_ = std::min(at_ + 2, end_);
      continue;
    }
    ++at_;
    if (c != quote) continue;
    if (quote == '\'' && at_ < end_ && text_[at_] == '\'') {
      ++at_;
      continue;
    }
    return;
  }
}

// Behind the action that begins here; at_ where it has no end. What has not been found once is not
// looked for again: a text full of open braces must not take a square of its length.
std::uint32_t Masker::action_end(std::string_view closer) {
  std::uint32_t& hopeless_from = closer == "}}" ? no_braces_from_ : no_percent_from_;
  if (at_ + 2 >= end_ || at_ >= hopeless_from) return at_;
  const std::size_t close = std::string_view(text_).substr(0, end_).find(closer, at_ + 2);
  if (close != std::string_view::npos) return static_cast<std::uint32_t>(close) + 2;
  hopeless_from = at_;
  return at_;
}

// Masks the action that begins here, or leaves it where it has no end.
bool Masker::take_action(bool at_token_start) {
  constexpr std::array<std::string_view, 9> kControl = {
      "if", "else", "end", "range", "with", "define", "block", "break", "continue"};
  const bool braces = text_[at_ + 1] == '{';
  const std::uint32_t close = action_end(braces ? "}}" : "%}");
  if (close == at_) return false;
  const ByteRange where{at_, close};
  const std::string_view action = std::string_view(text_).substr(at_ + 2, close - at_ - 4);
  const bool helm = mentions_helm(std::string_view(text_).substr(at_, where.end - at_));
  const bool control = !braces || one_of(first_word(action), kControl);
  if (at_token_start || helm || control) {
    if (!mask_.found) mask_.where = where;
    mask_.found = true;
    mask_.helm = mask_.helm || helm || (braces && control);
    mask_.control = mask_.control || control;
  }
  // A comment renders to nothing.
  const bool comment = first_mark(action) == '/' && at_token_start && alone_on_line(where);
  for (std::uint32_t i = where.begin; i < where.end; ++i) {
    if (!comment) {
      text_[i] = 'x';
    } else if (!is_break(text_[i])) {
      text_[i] = ' ';
    }
  }
  if (!comment) {
    text_[where.begin] = '<';
    text_[where.end - 1] = '>';
  }
  at_ = where.end;
  return true;
}

bool Masker::alone_on_line(ByteRange where) const {
  std::uint32_t before = where.begin;
  while (before > begin_ && is_blank(text_[before - 1])) --before;
  std::uint32_t after = where.end;
  while (after < end_ && (is_blank(text_[after]) || text_[after] == '\r')) ++after;
  return (before == begin_ || is_break(text_[before - 1])) &&
         (after == end_ || text_[after] == '\n');
}

// In a flow collection the braces of ${X} are YAML's own.
bool Masker::take_variable() {
  if (at_ < no_variable_before_) return false;
  const std::size_t close = std::min<std::size_t>(text_.find_first_of("}\n", at_), end_);
  if (close == end_ || text_[close] != '}') {
    no_variable_before_ = static_cast<std::uint32_t>(close);
    return false;
  }
  const ByteRange where{at_, static_cast<std::uint32_t>(close) + 1};
  if (!mask_.found) mask_.where = where;
  mask_.found = true;
  std::fill(text_.begin() + where.begin, text_.begin() + where.end, 'x');
  text_[where.begin] = '<';
  text_[where.end - 1] = '>';
  at_ = where.end;
  return true;
}

void Masker::take_at_sign() {
  std::uint32_t close = at_ + 1;
  while (close < end_ && is_name_byte(text_[close])) ++close;
  if (close >= end_ || text_[close] != '@' || close < at_ + 2 || !is_letter(text_[at_ + 1])) return;
  if (!mask_.found) mask_.where = {at_, close + 1};
  mask_.found = true;
  text_[at_] = '<';
  text_[close] = '>';
}

}  // namespace

bool mentions_helm(std::string_view text) {
  constexpr std::array<std::string_view, 9> kWords = {".Values.",       ".Release.",  ".Chart.",
                                                      ".Capabilities.", ".Template.", ".Files.",
                                                      "include ",       "tpl ",       "toYaml "};
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const std::size_t close = text.find("}}", at);
    if (close == std::string_view::npos) return false;
    const std::string_view action = text.substr(at, close - at);
    at = close;
    if (std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
          return action.find(word) != std::string_view::npos;
        })) {
      return true;
    }
  }
  return false;
}

TemplateMask mask_templates(std::string& text, ByteRange range) {
  return Masker(text, range).run();
}

}  // namespace sts::kube
