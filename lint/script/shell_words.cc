#include "lint/script/shell_parser.h"

namespace sts::lint::shell {

namespace {

bool ends_word(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == ';' || c == '&' || c == '|' || c == '<' ||
         c == '>' || c == '(' || c == ')';
}

}  // namespace

void Parser::add_literal(Word& word, std::size_t begin, std::string_view text, bool quoted) {
  if (!word.parts.empty()) {
    Part& last = word.parts.back();
    if (last.kind == PartKind::kLiteral && last.quoted == quoted) {
      last.text += text;
      last.range.end = here();
      return;
    }
  }
  Part part;
  part.quoted = quoted;
  part.range = {static_cast<std::uint32_t>(begin), here()};
  part.text = text;
  word.parts.push_back(std::move(part));
}

void Parser::add_part(Word& word, Part part) {
  part.range.end = here();
  word.parts.push_back(std::move(part));
}

Word Parser::read_word(bool pattern_of_test) {
  Word word;
  word.range.begin = here();
  const char first = peek();
  std::size_t quoted_pieces = 0;
  bool only_quoted = true;
  int test_parens = 0;  // the right side of [[ x =~ … ]] may hold ( and |
  while (!failed_ && !at_end()) {
    const char c = peek();
    if (pattern_of_test) {
      if (c == '(') ++test_parens;
      if (c == ')' && --test_parens < 0) break;
      if (c == ' ' || c == '\t' || c == '\n') {
        if (test_parens == 0) break;
      }
      if (c == '&' || c == ';') {
        if (test_parens == 0) break;
      }
      if (c == '(' || c == ')' || c == '|' || c == '<' || c == '>' || c == ' ' || c == '\t') {
        const std::size_t begin = pos_++;
        add_literal(word, begin, text_.substr(begin, 1), false);
        only_quoted = false;
        continue;
      }
    }
    if ((c == '<' || c == '>') && peek(1) == '(' && word.range.begin == here()) {
      read_parenthesised(word, false, 2);
      only_quoted = false;
      continue;
    }
    if (ends_word(c)) break;
    if (c == '\'') {
      read_single_quoted(word);
      ++quoted_pieces;
    } else if (c == '"') {
      read_double_quoted(word);
      ++quoted_pieces;
    } else if (c == '$') {
      read_dollar(word, false);
      only_quoted = false;
    } else if (c == '`') {
      read_backquoted(word, false);
      only_quoted = false;
    } else if (c == '\\') {
      const std::size_t begin = pos_;
      if (peek(1) == '\n') {
        pos_ += 2;
        continue;
      }
      pos_ += pos_ + 1 < end_ ? 2 : 1;
      add_literal(word, begin, text_.substr(pos_ - 1, 1), true);
      only_quoted = false;
    } else {
      const std::size_t begin = pos_;
      while (!at_end() && !ends_word(peek()) &&
             std::string_view("'\"$`\\").find(peek()) == std::string_view::npos) {
        ++pos_;
      }
      add_literal(word, begin, text_.substr(begin, pos_ - begin), false);
      only_quoted = false;
    }
  }
  word.range.end = here();
  if (only_quoted && quoted_pieces == 1) word.quote = first;
  return word;
}

void Parser::read_single_quoted(Word& word) {
  const std::size_t begin = ++pos_;
  const std::size_t close = text_.substr(0, end_).find('\'', pos_);
  if (close == std::string_view::npos) return fail();
  std::size_t from = begin;
  bool any = false;
  while (options_.kubernetes && pos_ < close) {
    if (peek() != '$') {
      ++pos_;
      continue;
    }
    const std::size_t dollar = pos_;
    if (peek(1) == '$') {
      // Kubernetes makes `$` of `$$` (third_party/forked/golang/expansion, 1.34).
      pos_ = dollar + 1;
      add_literal(word, from, text_.substr(from, dollar + 1 - from), true);
      pos_ = from = dollar + 2;
      any = true;
      continue;
    }
    if (dollar > from) add_literal(word, from, text_.substr(from, dollar - from), true);
    if (read_kubernetes(word, true)) {
      from = pos_;
      any = true;
    } else {
      from = dollar;
      pos_ = dollar + 1;
    }
  }
  pos_ = close;
  if (close > from || !any) add_literal(word, from, text_.substr(from, close - from), true);
  pos_ = close + 1;
}

// $'…': only the escapes that cannot change where it ends are undone.
void Parser::read_ansi_quoted(Word& word) {
  const std::size_t begin = pos_;
  pos_ += 2;
  std::string text;
  while (!at_end() && peek() != '\'') {
    if (peek() == '\\') {
      ++pos_;
      const char c = peek();
      text += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    } else {
      text += peek();
    }
    ++pos_;
  }
  if (at_end()) return fail();
  ++pos_;
  add_literal(word, begin, text, true);
}

void Parser::read_double_quoted(Word& word) {
  const std::size_t open = pos_++;
  bool any = false;
  while (!failed_) {
    if (at_end()) return fail();
    const char c = peek();
    if (c == '"') break;
    if (c == '$') {
      read_dollar(word, true);
    } else if (c == '`') {
      read_backquoted(word, true);
    } else if (c == '\\' && std::string_view("$`\"\\\n").find(peek(1)) != std::string_view::npos) {
      const std::size_t begin = pos_;
      pos_ += 2;
      if (text_[begin + 1] != '\n') add_literal(word, begin, text_.substr(begin + 1, 1), true);
    } else {
      const std::size_t begin = pos_++;
      while (!at_end() && std::string_view("\"$`\\").find(peek()) == std::string_view::npos) ++pos_;
      add_literal(word, begin, text_.substr(begin, pos_ - begin), true);
    }
    any = true;
  }
  if (failed_) return;
  ++pos_;
  if (!any) add_literal(word, open + 1, "", true);
}

Word exec_word(std::string_view text, std::uint32_t begin, const ParseOptions& options) {
  return Parser(text, options).exec_word(begin);
}

Word Parser::exec_word(std::uint32_t begin) {
  Word word;
  std::size_t from = 0;
  const auto literal = [&](std::size_t end) {
    if (end > from) add_literal(word, from, text_.substr(from, end - from), true);
  };
  while (!at_end()) {
    const std::size_t dollar = pos_;
    if (peek() != '$' || !options_.kubernetes) {
      ++pos_;
    } else if (peek(1) == '$') {
      literal(++pos_);
      from = ++pos_;
    } else if (literal(dollar); read_kubernetes(word, true)) {
      from = pos_;
    } else {
      from = dollar;
      pos_ = dollar + 1;
    }
  }
  literal(end_);
  if (word.parts.empty()) add_literal(word, 0, "", true);
  for (Part& part : word.parts) {
    part.range.begin += begin;
    part.range.end += begin;
  }
  word.range = {begin, begin + static_cast<std::uint32_t>(text_.size())};
  return word;
}

}  // namespace sts::lint::shell
