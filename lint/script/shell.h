#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A reader for shell scripts as they stand in manifests: POSIX sh with the few bash forms that
// people write there ([[ ]], (( )), arrays, function, <<<). It never executes or expands anything.
// What it does not understand makes it give up on the whole script: a rule that sees no script
// says nothing, and a miss costs less than a false alarm.
namespace sts::lint::shell {

/// Bytes [begin, end) of the text that was read.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool contains(Range other) const { return begin <= other.begin && other.end <= end; }
  friend auto operator<=>(const Range&, const Range&) = default;
};

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xffffffff;

enum class PartKind : std::uint8_t {
  kLiteral,       // text: quotes and escapes undone
  kVariable,      // text: the name ("HOSTNAME", "1", "?"); op: the rest of ${name<op>}
  kSubstitution,  // $(…), `…`, <(…): body is its list, kNoNode where that could not be read
  kArithmetic,    // $((…)): text: what stands inside
  kKubernetes,    // $(NAME) that Kubernetes itself replaces: text: the name
};

/// A piece of a word.
struct Part {
  PartKind kind = PartKind::kLiteral;
  bool quoted = false;
  Range range;
  std::string text;
  std::string op;  // of a variable: "", ":-x", "##*-", "[@]"; a leading '#' or '!' as in ${#x}
  NodeId body = kNoNode;
};

/// One word; adjacent literal pieces of equal quoting are one part, and "" is one empty part.
struct Word {
  Range range;
  std::vector<Part> parts;
  char quote = 0;  // ' or " where the whole word is one quoted string

  /// Its text where no part needs expansion; nothing otherwise.
  std::optional<std::string> literal() const;
  bool is(std::string_view text) const;
  /// The parts' literal text, other parts left out.
  std::string literal_text() const;
};

struct Assignment {
  Range range;
  std::string name;
  bool append = false;  // +=
  Word value;
  std::optional<std::vector<Word>> array;  // name=(a b c)
};

struct Redirection {
  Range range;
  std::string op;  // "<", ">", ">>", "<<<", "<<", ">&", "<&", "&>", "<>", ">|"
  std::optional<int> fd;
  Word target;  // of a here-document: its delimiter; the body is skipped
};

enum class NodeKind : std::uint8_t {
  kList,        // commands one after the other
  kAndOr,       // a && b || c
  kPipeline,    // a | b, or ! a
  kCommand,     // a simple command; [[ … ]] is one whose first word is "[["
  kArithmetic,  // (( … )): text
  kIf,          // children: condition, body, [condition, body …], [else]
  kLoop,        // while, until: condition, body
  kFor,         // for x in words; do body
  kCase,        // case word in …: the arms' bodies
  kGroup,       // { … }
  kSubshell,    // ( … )
  kFunction,    // text: its name
};

/// What a node is to its parent.
enum class Slot : std::uint8_t {
  kRoot,
  kItem,          // of a list
  kOperand,       // of && and ||
  kStage,         // of a pipeline
  kCondition,     // of if, while, until
  kBody,          // of if, a loop, a case arm, a group, a subshell, a function
  kElse,          // of if
  kSubstitution,  // inside one of a command's words
  kInline,        // the script of a nested `sh -c '…'`
};

/// One construct. Which fields count depends on the kind.
struct Node {
  NodeKind kind = NodeKind::kList;
  Slot slot = Slot::kRoot;
  NodeId parent = kNoNode;
  std::uint32_t place = 0;  // its index among the parent's children
  Range range;
  std::vector<NodeId> children;

  // kCommand, kFor (words: the list), kCase (words: the subject)
  std::vector<Assignment> assignments;
  std::vector<Word> words;
  // kCommand and every compound command
  std::vector<Redirection> redirections;

  std::vector<bool> or_before;  // kAndOr: child i is joined to the one before by ||, not &&
  bool negated = false;         // kPipeline: an odd number of `!`
  bool background = false;      // followed by &
  bool until = false;           // kLoop
  bool c_style = false;         // kFor: for (( … )); kept in text
  bool no_list = false;         // kFor: without `in`: the positional parameters
  std::string text;             // kFunction, kArithmetic; kFor: the variable
  std::vector<std::vector<Word>> patterns;  // kCase: of arm i
};

/// A script that was understood as a whole.
struct Script {
  std::vector<Node> nodes;
  NodeId root = kNoNode;
  std::vector<NodeId> commands;  // every kCommand that belongs to the tree, in text order
  /// Commands by the basename of their literal command word, wrappers stripped (see call()).
  std::map<std::string, std::vector<NodeId>, std::less<>> by_name;
  bool errexit = false;   // switched on from outside: sh -e
  bool pipefail = false;  // bash -o pipefail

  const Node& at(NodeId id) const { return nodes[id]; }
};

struct ParseOptions {
  /// Says that Kubernetes replaces $(NAME) before the shell sees it; quoting does not matter to
  /// it, and $$ stands for one $. Empty where Kubernetes expands nothing (files, lifecycle hooks).
  std::function<bool(std::string_view name)> kubernetes;
  bool errexit = false;
  bool pipefail = false;
};

/// Texts beyond this are not read.
inline constexpr std::size_t kMaxText = 128 * 1024;
/// Constructs nested deeper than this are not read.
inline constexpr int kMaxNesting = 48;

/// The script of one command whose words are known already: a container's exec form.
Script exec_script(std::vector<Word> words);

/// Nothing where any of it is not understood. Time and memory are linear in the text. A first line
/// `#!/bin/sh -e` switches errexit on.
std::optional<Script> parse(std::string_view text, const ParseOptions& options = {});

/// A simple command without what only wraps it: busybox, env [A=b], exec, command, nohup, time,
/// timeout [-opts] N, nice, sudo. Works on any list of words, so on an exec-form argv too.
struct Call {
  std::string name;               // basename of the command word; "" where it is not literal
  std::vector<const Word*> args;  // after the command word
  const Word* word = nullptr;     // the command word itself
  bool timed = false;             // run under timeout
};
Call call(const std::vector<Word>& words);
inline Call call(const Node& command) { return call(command.words); }

/// A word that is plain text.
Word literal_word(std::string_view text, Range range);

/// A word of a command in exec form, at `begin` of the script's text: no shell reads it, so only
/// what Kubernetes replaces is no literal.
Word exec_word(std::string_view text, std::uint32_t begin, const ParseOptions& options);

/// The shells whose `-c` this reader follows: sh, ash, bash, dash, and zsh and ksh read as such.
bool is_shell(std::string_view name);

/// `sh [options] -c SCRIPT …` taken apart.
struct ShellCall {
  std::size_t script = 0;  // index into args of the text (-c), or of the file to run
  bool inline_text = false;
  bool errexit = false;
  bool pipefail = false;
};
/// Nothing where the call is no shell, or reads stdin.
std::optional<ShellCall> shell_call(const Call& call);

}  // namespace sts::lint::shell
