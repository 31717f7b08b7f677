#include "lint/script/shell_parser.h"

#include <cctype>

// Expansions inside words: $x, ${x…}, $(…), `…`, $((…)), and Kubernetes' own $(NAME).
namespace sts::lint::shell {

namespace {

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_name_char(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

}  // namespace

bool Parser::read_kubernetes(Word& word, bool quoted) {
  if (!options_.kubernetes || peek() != '$' || peek(1) != '(') return false;
  std::size_t at = pos_ + 2;
  while (at < end_ && (is_name_char(text_[at]) || text_[at] == '-' || text_[at] == '.')) ++at;
  if (at == pos_ + 2 || at >= end_ || text_[at] != ')') return false;
  const std::string_view name = text_.substr(pos_ + 2, at - pos_ - 2);
  if (!options_.kubernetes(name)) return false;
  Part part;
  part.kind = PartKind::kKubernetes;
  part.quoted = quoted;
  part.range.begin = here();
  part.text = name;
  pos_ = at + 1;
  add_part(word, std::move(part));
  return true;
}

void Parser::read_dollar(Word& word, bool quoted) {
  if (read_kubernetes(word, quoted)) return;
  if (options_.kubernetes && peek(1) == '$') ++pos_;  // Kubernetes makes `$` of `$$`
  const char next = peek(1);
  if (next == '(') {
    if (peek(2) == '(') {
      Part part;
      part.kind = PartKind::kArithmetic;
      part.quoted = quoted;
      part.range.begin = here();
      const std::size_t inside = pos_ + 3;
      ++pos_;
      if (!skip_balanced('(', ')')) return fail();
      if (pos_ < inside + 2 || text_[pos_ - 2] != ')') return fail();  // $( (a); b )
      part.text = text_.substr(inside, pos_ - 2 - inside);
      return add_part(word, std::move(part));
    }
    return read_parenthesised(word, quoted, 2);
  }
  if (next == '{') return read_braced(word, quoted);
  if (next == '\'' && !quoted) return read_ansi_quoted(word);
  if (next == '"' && !quoted) {
    ++pos_;
    return;
  }
  Part part;
  part.kind = PartKind::kVariable;
  part.quoted = quoted;
  part.range.begin = here();
  if (is_name_start(next)) {
    const std::size_t begin = ++pos_;
    while (!at_end() && is_name_char(peek())) ++pos_;
    part.text = text_.substr(begin, pos_ - begin);
    return add_part(word, std::move(part));
  }
  if ((next >= '0' && next <= '9') ||
      (next != '\0' && std::string_view("@*#?-$!").find(next) != std::string_view::npos)) {
    part.text = next;
    pos_ += 2;
    return add_part(word, std::move(part));
  }
  const std::size_t begin = pos_++;
  add_literal(word, begin, "$", quoted);
}

void Parser::read_braced(Word& word, bool quoted) {
  Part part;
  part.kind = PartKind::kVariable;
  part.quoted = quoted;
  part.range.begin = here();
  ++pos_;
  const std::size_t inside = pos_ + 1;
  if (!skip_balanced('{', '}')) return fail();
  std::string_view text = text_.substr(inside, pos_ - 1 - inside);
  if (text.size() > 1 && (text[0] == '#' || text[0] == '!')) {
    part.op = text[0];
    text.remove_prefix(1);
  }
  std::size_t length = 0;
  if (!text.empty() && is_name_start(text[0])) {
    while (length < text.size() && is_name_char(text[length])) ++length;
  } else if (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
  } else if (!text.empty()) {
    length = 1;
  }
  part.text = text.substr(0, length);
  part.op += text.substr(length);
  add_part(word, std::move(part));
}

void Parser::read_backquoted(Word& word, bool quoted) {
  Part part;
  part.kind = PartKind::kSubstitution;
  part.quoted = quoted;
  part.range.begin = here();
  const std::size_t begin = ++pos_;
  bool escaped = false;
  while (!at_end() && peek() != '`') {
    if (peek() == '\\') {
      escaped = true;
      ++pos_;
      if (at_end()) return fail();
    }
    ++pos_;
  }
  if (at_end()) return fail();
  const std::size_t close = pos_;
  // With escapes the inner text is another than what stands here.
  if (!escaped) part.body = parse_within(begin, close);
  pos_ = close + 1;
  add_part(word, std::move(part));
}

void Parser::read_parenthesised(Word& word, bool quoted, std::size_t skip) {
  Part part;
  part.kind = PartKind::kSubstitution;
  part.quoted = quoted;
  part.range.begin = here();
  pos_ += skip;
  part.body = parse_list(kParen);
  if (failed_) return;
  if (peek() != ')') return fail();
  ++pos_;
  add_part(word, std::move(part));
}

// From an opening bracket to behind its partner. Quotes and escapes hide brackets; a `#` does not
// start a comment here, as in ${x#y} and $((16#ff)).
bool Parser::skip_balanced(char open, char close) {
  int depth = 0;
  bool double_quoted = false;
  while (!at_end()) {
    const char c = peek();
    if (c == '\\') {
      if (++pos_ >= end_) return false;
    } else if (c == '"') {
      double_quoted = !double_quoted;
    } else if (c == '\'' && !double_quoted) {
      const std::size_t partner = text_.substr(0, end_).find('\'', pos_ + 1);
      if (partner == std::string_view::npos) return false;
      pos_ = partner;
    } else if (!double_quoted && c == open) {
      ++depth;
    } else if (!double_quoted && c == close && --depth == 0) {
      ++pos_;
      return true;
    }
    ++pos_;
  }
  return false;
}

NodeId Parser::parse_within(std::size_t begin, std::size_t end) {
  const std::size_t outer_end = end_;
  const std::size_t outer_pos = pos_;
  std::vector<PendingHere> outer_pending = std::exchange(pending_, {});
  end_ = end;
  pos_ = begin;
  const NodeId body = parse_list(kNothing);
  if (!failed_ && !at_end()) fail();
  end_ = outer_end;
  pos_ = outer_pos;
  pending_ = std::move(outer_pending);
  return body;
}

}  // namespace sts::lint::shell
