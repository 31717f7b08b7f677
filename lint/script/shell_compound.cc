#include "lint/script/shell_parser.h"

#include <cctype>

namespace sts::lint::shell {

namespace {

bool is_name(std::string_view text) {
  if (text.empty() || (!std::isalpha(static_cast<unsigned char>(text[0])) && text[0] != '_')) {
    return false;
  }
  for (const char c : text) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_') return false;
  }
  return true;
}

}  // namespace

NodeId Parser::parse_if() {
  const NodeId id = add(NodeKind::kIf, pos_);
  pos_ += 2;
  while (!failed_) {
    attach(id, parse_list(kThen), Slot::kCondition);
    if (!accept_word("then")) break;
    attach(id, parse_list(kElseOrFi), Slot::kBody);
    if (accept_word("elif")) continue;
    if (accept_word("else")) attach(id, parse_list(kElseOrFi), Slot::kElse);
    if (!accept_word("fi")) break;
    return id;
  }
  fail();
  return kNoNode;
}

NodeId Parser::parse_body(NodeId id) {
  if (!accept_word("do")) fail();
  attach(id, parse_list(kDone), Slot::kBody);
  if (failed_ || !accept_word("done")) {
    fail();
    return kNoNode;
  }
  return id;
}

NodeId Parser::parse_loop(bool until) {
  const NodeId id = add(NodeKind::kLoop, pos_);
  nodes_[id].until = until;
  pos_ += 5;
  attach(id, parse_list(kDo), Slot::kCondition);
  return parse_body(id);
}

NodeId Parser::parse_for() {
  const NodeId id = add(NodeKind::kFor, pos_);
  pos_ += 3;
  skip_blanks();
  if (looking_at("((")) {
    const std::size_t begin = pos_ + 2;
    if (!skip_balanced('(', ')')) fail();
    if (failed_) return kNoNode;
    nodes_[id].c_style = true;
    nodes_[id].text = text_.substr(begin, pos_ - 2 - begin);
  } else {
    const Word variable = read_word();
    const auto name = variable.literal();
    if (failed_ || !name || !is_name(*name)) {
      fail();
      return kNoNode;
    }
    nodes_[id].text = *name;
    nodes_[id].no_list = !accept_word("in");
    skip_blanks();
    while (!failed_ && !nodes_[id].no_list && !at_end() && peek() != ';' && peek() != '\n') {
      const std::size_t before = pos_;
      Word word = read_word();
      if (pos_ == before) fail();
      if (failed_) return kNoNode;
      adopt(id, word);
      nodes_[id].words.push_back(std::move(word));
      skip_blanks();
    }
  }
  skip_blanks();
  if (peek() == ';') ++pos_;
  return parse_body(id);
}

NodeId Parser::parse_case() {
  const NodeId id = add(NodeKind::kCase, pos_);
  pos_ += 4;
  skip_blanks();
  Word subject = read_word();
  if (failed_ || !accept_word("in")) {
    fail();
    return kNoNode;
  }
  adopt(id, subject);
  nodes_[id].words.push_back(std::move(subject));
  while (!failed_) {
    if (accept_word("esac")) return id;
    if (peek() == '(') ++pos_;
    std::vector<Word> patterns;
    while (!failed_) {
      skip_blanks();
      const std::size_t before = pos_;
      patterns.push_back(read_word());
      if (pos_ == before) fail();
      adopt(id, patterns.back());
      skip_blanks();
      if (peek() != '|') break;
      ++pos_;
    }
    if (failed_ || peek() != ')') break;
    ++pos_;
    const NodeId body = parse_list(kArmEnd);
    if (failed_) break;
    nodes_[id].patterns.push_back(std::move(patterns));
    attach(id, body, Slot::kBody);
    if (looking_at(";;&")) {
      pos_ += 3;
    } else if (looking_at(";;") || looking_at(";&")) {
      pos_ += 2;
    }
  }
  fail();
  return kNoNode;
}

NodeId Parser::parse_function(std::string name, std::size_t begin) {
  const NodeId id = add(NodeKind::kFunction, begin);
  nodes_[id].text = std::move(name);
  skip_newlines();
  if (++depth_ > kMaxNesting || failed_) {
    fail();
    return kNoNode;
  }
  // POSIX wants a compound command; a simple one is a mistake that no shell accepts.
  const std::string_view word = reserved_word();
  if (peek() != '(' && word != "{" && word != "if" && word != "while" && word != "until" &&
      word != "for" && word != "case") {
    fail();
    return kNoNode;
  }
  const NodeId body = parse_command();
  --depth_;
  if (failed_) return kNoNode;
  attach(id, body, Slot::kBody);
  close(id);
  return id;
}

// [[ … ]] becomes a command of words: operators are words too, so `[[ a && b ]]` is one test.
NodeId Parser::parse_test() {
  const NodeId id = add(NodeKind::kCommand, pos_);
  bool regex_next = false;
  while (!failed_) {
    skip_newlines();
    if (at_end()) break;
    if (regex_next) {
      Word word = read_word(true);
      adopt(id, word);
      nodes_[id].words.push_back(std::move(word));
      regex_next = false;
      continue;
    }
    const char c = peek();
    if (c == '&' || c == '|' || c == '(' || c == ')' || c == '<' || c == '>') {
      const std::size_t length = looking_at("&&") || looking_at("||") ? 2 : 1;
      if (length == 1 && (c == '&' || c == '|')) break;
      nodes_[id].words.push_back(literal_word(text_.substr(pos_, length),
                                              {here(), static_cast<std::uint32_t>(pos_ + length)}));
      pos_ += length;
      continue;
    }
    const std::size_t before = pos_;
    Word word = read_word();
    if (pos_ == before) break;
    const bool last = word.is("]]") && word.quote == 0;
    regex_next = word.is("=~");
    adopt(id, word);
    nodes_[id].words.push_back(std::move(word));
    if (last) return id;
  }
  fail();
  return kNoNode;
}

}  // namespace sts::lint::shell
