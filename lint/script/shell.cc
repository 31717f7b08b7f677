#include "lint/script/shell.h"

#include "lint/script/shell_parser.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sts::lint::shell {

void Parser::skip_blanks() {
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || c == '\t') {
      ++pos_;
    } else if (c == '\\' && peek(1) == '\n') {
      pos_ += 2;
    } else if (c == '#') {
      while (!at_end() && peek() != '\n') ++pos_;
    } else {
      return;
    }
  }
}

void Parser::skip_here_bodies() {
  for (const PendingHere& here_document : pending_) {
    while (true) {
      if (at_end()) return fail();  // the delimiter never comes
      const std::size_t line_end = std::min(text_.find('\n', pos_), end_);
      std::string_view line = text_.substr(pos_, line_end - pos_);
      pos_ = std::min(line_end + 1, end_);
      if (here_document.strip_tabs) {
        while (line.starts_with('\t')) line.remove_prefix(1);
      }
      if (line == here_document.delimiter) break;
    }
  }
  pending_.clear();
}

void Parser::skip_newlines() {
  skip_blanks();
  while (!failed_ && peek() == '\n' && !at_end()) {
    ++pos_;
    if (!pending_.empty()) skip_here_bodies();
    skip_blanks();
  }
}

std::string_view Parser::reserved_word() const {
  static constexpr std::array<std::string_view, 22> kWords = {
      "if",   "then", "elif", "else", "fi", "for", "while",    "until",  "do",     "done", "case",
      "esac", "{",    "}",    "!",    "[[", "in",  "function", "select", "coproc", "((",   "time"};
  if (looking_at("((")) return "((";
  std::size_t length = 0;
  while (length < 9 && pos_ + length < end_) {
    const char c = text_[pos_ + length];
    if (!std::islower(static_cast<unsigned char>(c)) && c != '{' && c != '}' && c != '!' &&
        c != '[') {
      break;
    }
    ++length;
  }
  const std::string_view word = text_.substr(pos_, length);
  if (pos_ + length < end_) {
    const char c = text_[pos_ + length];
    if (std::string_view(" \t\n;&|<>()").find(c) == std::string_view::npos) return {};
  }
  const auto found = std::find(kWords.begin(), kWords.end(), word);
  return found == kWords.end() ? std::string_view() : *found;
}

bool Parser::accept_word(std::string_view word) {
  skip_newlines();
  if (failed_ || reserved_word() != word) return false;
  pos_ += word.size();
  return true;
}

NodeId Parser::add(NodeKind kind, std::size_t begin) {
  // Texts within texts are read once for each level: what is let go counts, too.
  if (nodes_.size() >= kMaxNodes) fail();
  Node node;
  node.kind = kind;
  node.range.begin = static_cast<std::uint32_t>(begin);
  nodes_.push_back(std::move(node));
  return static_cast<NodeId>(nodes_.size() - 1);
}

void Parser::attach(NodeId parent, NodeId child, Slot slot) {
  if (child == kNoNode) return;
  nodes_[child].parent = parent;
  nodes_[child].slot = slot;
  nodes_[child].place = static_cast<std::uint32_t>(nodes_[parent].children.size());
  nodes_[parent].children.push_back(child);
}

void Parser::adopt(NodeId owner, const Word& word) {
  for (const Part& part : word.parts) {
    if (part.kind == PartKind::kSubstitution) attach(owner, part.body, Slot::kSubstitution);
  }
}

bool Parser::at_stop(unsigned stops) const {
  if (at_end()) return true;
  if (peek() == ')') return (stops & kParen) != 0;
  if ((stops & kArmEnd) != 0 && looking_at(";;")) return true;
  if ((stops & kArmEnd) != 0 && looking_at(";&")) return true;
  const std::string_view word = reserved_word();
  if (word == "then") return (stops & kThen) != 0;
  if (word == "elif" || word == "else" || word == "fi") return (stops & kElseOrFi) != 0;
  if (word == "do") return (stops & kDo) != 0;
  if (word == "done") return (stops & kDone) != 0;
  if (word == "}") return (stops & kBrace) != 0;
  if (word == "esac") return (stops & kArmEnd) != 0;
  return false;
}

NodeId Parser::parse_list(unsigned stops) {
  if (failed_) return kNoNode;
  if (++depth_ > kMaxNesting) {
    fail();
    return kNoNode;
  }
  const NodeId list = add(NodeKind::kList, pos_);
  skip_newlines();
  while (!failed_ && !at_stop(stops)) {
    const NodeId item = parse_and_or();
    if (failed_) break;
    attach(list, item, Slot::kItem);
    skip_blanks();
    if (at_end() || peek() == ')') continue;
    if ((stops & kArmEnd) != 0 && (looking_at(";;") || looking_at(";&"))) continue;
    if (peek() == ';' || peek() == '&') {
      if (looking_at("&&") || looking_at(";;")) {
        fail();
        break;
      }
      if (peek() == '&') nodes_[item].background = true;
      ++pos_;
    } else if (peek() != '\n') {
      fail();
      break;
    }
    skip_newlines();
  }
  if (!failed_ && !pending_.empty() && at_end()) fail();
  close(list);
  --depth_;
  return list;
}

NodeId Parser::parse_and_or() {
  const std::size_t begin = pos_;
  NodeId first = parse_pipeline();
  NodeId chain = kNoNode;
  while (!failed_) {
    skip_blanks();
    const bool is_or = looking_at("||");
    if (!is_or && !looking_at("&&")) break;
    if (chain == kNoNode) {
      chain = add(NodeKind::kAndOr, begin);
      nodes_[chain].or_before.push_back(false);
      attach(chain, first, Slot::kOperand);
    }
    pos_ += 2;
    skip_newlines();
    const NodeId next = parse_pipeline();
    if (failed_) break;
    nodes_[chain].or_before.push_back(is_or);
    attach(chain, next, Slot::kOperand);
  }
  if (chain == kNoNode) return first;
  close(chain);
  return chain;
}

NodeId Parser::parse_pipeline() {
  const std::size_t begin = pos_;
  bool negated = false;
  bool wrapped = false;
  while (reserved_word() == "!" || reserved_word() == "time") {
    if (reserved_word() == "!") {
      negated = !negated;
      wrapped = true;
      pos_ += 1;
    } else {
      pos_ += 4;
      skip_blanks();
      if (looking_at("-p ")) pos_ += 2;
    }
    skip_blanks();
  }
  const NodeId first = parse_command();
  skip_blanks();
  if (failed_ || (!wrapped && (peek() != '|' || looking_at("||")))) return first;
  const NodeId pipeline = add(NodeKind::kPipeline, begin);
  nodes_[pipeline].negated = negated;
  attach(pipeline, first, Slot::kStage);
  while (!failed_ && peek() == '|' && !looking_at("||")) {
    ++pos_;
    if (peek() == '&') ++pos_;
    skip_newlines();
    const NodeId next = parse_command();
    if (failed_) break;
    attach(pipeline, next, Slot::kStage);
    skip_blanks();
  }
  close(pipeline);
  return pipeline;
}

NodeId Parser::parse_command() {
  if (failed_ || at_end()) {
    fail();
    return kNoNode;
  }
  const std::size_t begin = pos_;
  const std::string_view word = reserved_word();
  NodeId id = kNoNode;
  if (word == "((") {
    id = parse_arithmetic_command();
  } else if (peek() == '(' || word == "{") {
    const bool brace = peek() == '{';
    ++pos_;
    id = add(brace ? NodeKind::kGroup : NodeKind::kSubshell, begin);
    const NodeId body = parse_list(brace ? kBrace : kParen);
    if (failed_ || peek() != (brace ? '}' : ')') || at_end()) {
      fail();
      return kNoNode;
    }
    ++pos_;
    attach(id, body, Slot::kBody);
  } else if (word == "if") {
    id = parse_if();
  } else if (word == "while" || word == "until") {
    id = parse_loop(word == "until");
  } else if (word == "for") {
    id = parse_for();
  } else if (word == "case") {
    id = parse_case();
  } else if (word == "[[") {
    id = parse_test();
  } else if (word == "function") {
    pos_ += word.size();
    skip_blanks();
    const Word name = read_word();
    skip_blanks();
    if (looking_at("()")) pos_ += 2;
    const auto literal = name.literal();
    if (!literal || literal->empty()) fail();
    if (failed_) return kNoNode;
    return parse_function(*literal, begin);
  } else if (!word.empty() && word != "in") {
    fail();  // select, coproc, or a word that closes nothing
  } else {
    return parse_simple();
  }
  if (failed_) return kNoNode;
  read_trailing_redirections(id);
  close(id);
  return failed_ ? kNoNode : id;
}

NodeId Parser::parse_arithmetic_command() {
  const NodeId id = add(NodeKind::kArithmetic, pos_);
  const std::size_t inside = pos_ + 2;
  if (!skip_balanced('(', ')') || pos_ < inside + 2 || text_[pos_ - 2] != ')') {
    fail();
    return kNoNode;
  }
  nodes_[id].text = text_.substr(inside, pos_ - 2 - inside);
  return id;
}

std::optional<Script> Parser::run() {
  if (text_.size() > kMaxText || text_.find('\0') != std::string_view::npos) return std::nullopt;
  Script script;
  script.errexit = options_.errexit;
  script.pipefail = options_.pipefail;
  if (looking_at("#!")) {
    const std::string_view line = text_.substr(0, text_.find('\n'));
    const std::size_t flags = line.find(" -");
    if (flags != std::string_view::npos && line.substr(flags).find('e') != std::string_view::npos) {
      script.errexit = true;
    }
  }
  script.root = parse_list(kNothing);
  if (failed_ || !at_end()) return std::nullopt;
  script.nodes = std::move(nodes_);
  // Depth first and first child first, so in text order.
  std::vector<NodeId> todo = {script.root};
  while (!todo.empty()) {
    const NodeId id = todo.back();
    todo.pop_back();
    const Node& node = script.at(id);
    if (node.kind == NodeKind::kCommand) {
      script.commands.push_back(id);
      std::string name = call(node).name;
      if (!name.empty()) script.by_name[std::move(name)].push_back(id);
    }
    todo.insert(todo.end(), node.children.rbegin(), node.children.rend());
  }
  return script;
}

Script exec_script(std::vector<Word> words) {
  Script script;
  script.nodes.resize(2);
  script.root = 0;
  Node& command = script.nodes[1];
  command.kind = NodeKind::kCommand;
  command.slot = Slot::kItem;
  command.parent = 0;
  if (!words.empty()) command.range = {words.front().range.begin, words.back().range.end};
  command.words = std::move(words);
  script.nodes[0].range = command.range;
  script.nodes[0].children = {1};
  script.commands = {1};
  if (std::string name = call(script.nodes[1]).name; !name.empty()) {
    script.by_name[std::move(name)] = {1};
  }
  return script;
}

std::optional<Script> parse(std::string_view text, const ParseOptions& options) {
  return Parser(text, options).run();
}

}  // namespace sts::lint::shell
