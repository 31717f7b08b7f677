#include "lint/script/shell_parser.h"

#include <cctype>
#include <charconv>

namespace sts::lint::shell {

bool Parser::read_redirection(std::vector<Redirection>& out) {
  std::size_t at = pos_;
  while (at < end_ && text_[at] >= '0' && text_[at] <= '9') ++at;
  const bool both = at == pos_ && looking_at("&>");
  if (!both && (at >= end_ || (text_[at] != '<' && text_[at] != '>'))) return false;
  if (at == pos_ && (looking_at("<(") || looking_at(">("))) return false;
  Redirection redirection;
  redirection.range.begin = here();
  if (at > pos_) {
    int fd = 0;
    const auto [end, error] = std::from_chars(text_.data() + pos_, text_.data() + at, fd);
    if (error != std::errc{}) {
      fail();
      return false;
    }
    redirection.fd = fd;
  }
  pos_ = at;
  static constexpr std::string_view kOperators[] = {"&>>", "<<<", "<<-", "&>", "<<", ">>",
                                                    "<&",  ">&",  "<>",  ">|", "<",  ">"};
  for (const std::string_view op : kOperators) {
    if (!looking_at(op)) continue;
    redirection.op = op;
    break;
  }
  pos_ += redirection.op.size();
  skip_blanks();
  const std::size_t before = pos_;
  redirection.target = read_word();
  if (failed_ || pos_ == before) {
    fail();
    return false;
  }
  redirection.range.end = here();
  if (redirection.op == "<<" || redirection.op == "<<-") {
    const auto delimiter = redirection.target.literal();
    if (!delimiter) {
      fail();
      return false;
    }
    pending_.push_back({*delimiter, redirection.op == "<<-"});
  }
  out.push_back(std::move(redirection));
  return true;
}

void Parser::read_trailing_redirections(NodeId id) {
  while (!failed_) {
    skip_blanks();
    std::vector<Redirection> read;
    if (at_end() || !read_redirection(read)) return;
    adopt(id, read.front().target);
    nodes_[id].redirections.push_back(std::move(read.front()));
  }
}

bool Parser::read_assignment(Node& node) {
  std::size_t at = pos_;
  if (at >= end_ || (!std::isalpha(static_cast<unsigned char>(text_[at])) && text_[at] != '_')) {
    return false;
  }
  while (at < end_ && (std::isalnum(static_cast<unsigned char>(text_[at])) || text_[at] == '_')) {
    ++at;
  }
  const std::size_t name_end = at;
  if (at < end_ && text_[at] == '[') {
    const std::size_t close = text_.substr(0, end_).find_first_of("] \t\n", at);
    if (close == std::string_view::npos || text_[close] != ']') return false;
    at = close + 1;
  }
  const bool append = at + 1 < end_ && text_[at] == '+' && text_[at + 1] == '=';
  if (append) ++at;
  if (at >= end_ || text_[at] != '=') return false;
  Assignment assignment;
  assignment.range.begin = here();
  assignment.name = text_.substr(pos_, name_end - pos_);
  assignment.append = append || name_end != at - (append ? 1 : 0);
  pos_ = at + 1;
  if (peek() == '(') {
    ++pos_;
    assignment.array.emplace();
    while (!failed_) {
      skip_newlines();
      if (at_end()) fail();
      if (peek() == ')') break;
      const std::size_t before = pos_;
      assignment.array->push_back(read_word());
      if (pos_ == before) fail();
    }
    if (!failed_) ++pos_;
  } else {
    assignment.value = read_word();
  }
  assignment.range.end = here();
  node.assignments.push_back(std::move(assignment));
  return true;
}

NodeId Parser::parse_simple() {
  const std::size_t begin = pos_;
  Node command;
  command.kind = NodeKind::kCommand;
  while (!failed_ && !at_end()) {
    skip_blanks();
    if (read_redirection(command.redirections)) continue;
    if (failed_) break;
    if (command.words.empty() && read_assignment(command)) continue;
    const std::size_t before = pos_;
    Word word = read_word();
    if (pos_ == before) break;
    // `declare -a x=(…)`: what the array holds is not looked at.
    if (peek() == '(' && !word.parts.empty() && !command.words.empty() &&
        word.parts.back().text.ends_with('=') && !skip_balanced('(', ')')) {
      fail();
    }
    command.words.push_back(std::move(word));
    if (command.words.size() > 1) continue;
    const std::size_t after = pos_;
    skip_blanks();
    if (peek() == '(' && command.assignments.empty()) {
      ++pos_;
      skip_blanks();
      const auto name = command.words[0].literal();
      if (!name || peek() != ')') fail();
      if (failed_) return kNoNode;
      ++pos_;
      return parse_function(*name, begin);
    }
    pos_ = after;
  }
  if (failed_) return kNoNode;
  if (command.words.empty() && command.assignments.empty() && command.redirections.empty()) {
    fail();
    return kNoNode;
  }
  const NodeId id = add(NodeKind::kCommand, begin);
  for (const Assignment& assignment : command.assignments) {
    adopt(id, assignment.value);
    for (const Word& word : assignment.array.value_or(std::vector<Word>())) adopt(id, word);
  }
  for (const Word& word : command.words) adopt(id, word);
  for (const Redirection& redirection : command.redirections) adopt(id, redirection.target);
  command.children = std::move(nodes_[id].children);
  command.range.begin = static_cast<std::uint32_t>(begin);
  nodes_[id] = std::move(command);
  close(id);
  read_inline_script(id);
  return id;
}

// `sh -c '…'` inside a script: its text is a script of its own, read where it stands.
void Parser::read_inline_script(NodeId command) {
  const Call outer = call(nodes_[command]);
  const auto shell = shell_call(outer);
  if (!shell || !shell->inline_text) return;
  const Word& word = *outer.args[shell->script];
  if (word.quote == 0) return;
  const std::size_t begin = word.range.begin + 1;
  const std::size_t end = word.range.end - 1;
  if (word.quote == '"' && text_.substr(begin, end - begin).find('\\') != std::string_view::npos) {
    return;
  }
  const Range range = word.range;
  const NodeId body = parse_within(begin, end);
  if (failed_) return;
  // In double quotes the outer shell has read the substitutions already: they belong to it no more.
  std::vector<NodeId> kept;
  for (const NodeId child : nodes_[command].children) {
    if (!range.contains(nodes_[child].range)) kept.push_back(child);
  }
  nodes_[command].children.clear();
  for (const NodeId child : kept) attach(command, child, nodes_[child].slot);
  attach(command, body, Slot::kInline);
}

}  // namespace sts::lint::shell
