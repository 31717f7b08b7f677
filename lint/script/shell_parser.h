#pragma once

#include "lint/script/shell.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::lint::shell {

/// The recursive-descent parser behind parse(). One pass from left to right; after fail() every
/// function returns at once. Words are read in shell_words.cc and shell_expansions.cc, the grammar
/// in shell.cc, shell_compound.cc and shell_simple.cc.
/// A larger tree is given up: no script that people wrote comes near it.
inline constexpr std::size_t kMaxNodes = 20'000;

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options)
      : text_(text), end_(text.size()), options_(options) {}

  std::optional<Script> run();
  Word exec_word(std::uint32_t begin);

 private:
  enum Stop : unsigned {
    kNothing = 0,
    kThen = 1,
    kElseOrFi = 2,
    kDo = 4,
    kDone = 8,
    kBrace = 16,
    kArmEnd = 32,
    kParen = 64,
  };
  struct PendingHere {
    std::string delimiter;
    bool strip_tabs = false;
  };

  // Characters.
  bool at_end() const { return pos_ >= end_; }
  char peek(std::size_t ahead = 0) const {
    return pos_ + ahead < end_ ? text_[pos_ + ahead] : '\0';
  }
  bool looking_at(std::string_view s) const {
    return end_ - pos_ >= s.size() && text_.substr(pos_, s.size()) == s;
  }
  std::uint32_t here() const { return static_cast<std::uint32_t>(pos_); }
  void fail() { failed_ = true; }
  void skip_blanks();    // spaces, tabs, escaped newlines, comments
  void skip_newlines();  // and the bodies of here-documents
  void skip_here_bodies();
  std::string_view reserved_word() const;

  // Words.
  Word read_word(bool pattern_of_test = false);
  void read_single_quoted(Word& word);
  void read_ansi_quoted(Word& word);
  void read_double_quoted(Word& word);
  void read_dollar(Word& word, bool quoted);
  void read_braced(Word& word, bool quoted);
  void read_backquoted(Word& word, bool quoted);
  void read_parenthesised(Word& word, bool quoted, std::size_t skip);
  bool read_kubernetes(Word& word, bool quoted);
  bool skip_balanced(char open, char close);
  void add_literal(Word& word, std::size_t begin, std::string_view text, bool quoted);
  void add_part(Word& word, Part part);
  /// A list inside [begin, end) of the text, which must reach that end.
  NodeId parse_within(std::size_t begin, std::size_t end);

  // Grammar.
  NodeId parse_list(unsigned stops);
  NodeId parse_and_or();
  NodeId parse_pipeline();
  NodeId parse_command();
  NodeId parse_simple();
  NodeId parse_test();
  NodeId parse_if();
  NodeId parse_loop(bool until);
  NodeId parse_for();
  NodeId parse_body(NodeId id);  // `do … done` of a loop
  NodeId parse_case();
  NodeId parse_function(std::string name, std::size_t begin);
  NodeId parse_arithmetic_command();
  bool at_stop(unsigned stops) const;
  bool accept_word(std::string_view word);
  bool read_redirection(std::vector<Redirection>& out);
  bool read_assignment(Node& node);
  void read_trailing_redirections(NodeId id);
  void read_inline_script(NodeId command);

  NodeId add(NodeKind kind, std::size_t begin);
  void attach(NodeId parent, NodeId child, Slot slot);
  void close(NodeId id) { nodes_[id].range.end = here(); }
  /// The bodies of substitutions in a word become the command's children.
  void adopt(NodeId owner, const Word& word);

  std::string_view text_;
  std::size_t pos_ = 0;
  std::size_t end_;  // of the part being read
  const ParseOptions& options_;
  std::vector<Node> nodes_;
  std::vector<PendingHere> pending_;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace sts::lint::shell
