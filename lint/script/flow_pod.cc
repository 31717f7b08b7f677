#include "lint/script/flow.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

// Which loops end by themselves, and which commands only some pods of a set reach.
namespace sts::lint::shell {

namespace {

using Names = std::set<std::string, std::less<>>;

bool is_test(const Node& node) {
  if (node.kind == NodeKind::kArithmetic) return true;
  if (node.kind != NodeKind::kCommand) return false;
  const std::string name = call(node).name;
  return name == "[" || name == "test" || name == "[[" || name == "let";
}

template <typename Visit>
void for_each_below(const Script& script, NodeId id, Visit visit) {
  std::vector<NodeId> todo = {id};
  while (!todo.empty()) {
    const NodeId at = todo.back();
    todo.pop_back();
    visit(at, script.at(at));
    const auto& children = script.at(at).children;
    todo.insert(todo.end(), children.begin(), children.end());
  }
}

// Names of variables inside raw text: $((…)), ((…)), ${x:-…}.
void names_in_text(std::string_view text, Names& names) {
  for (std::size_t at = 0; at < text.size();) {
    if (!std::isalpha(static_cast<unsigned char>(text[at])) && text[at] != '_') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) {
      ++end;
    }
    names.emplace(text.substr(at, end - at));
    at = end;
  }
}

void names_in_word(const Script& script, const Word& word, Names& names);

// Variables and, as "$(name)", commands that a construct reads.
void names_in_command(const Script& script, NodeId id, Names& names) {
  for_each_below(script, id, [&](NodeId, const Node& node) {
    if (node.kind == NodeKind::kArithmetic) names_in_text(node.text, names);
    if (node.kind == NodeKind::kCommand) {
      const Call command = call(node);
      if (!command.name.empty()) names.insert("$(" + command.name + ")");
    }
    for (const Word& word : node.words) names_in_word(script, word, names);
    for (const Redirection& redirection : node.redirections) {
      names_in_word(script, redirection.target, names);
    }
  });
}

void names_in_word(const Script& script, const Word& word, Names& names) {
  for (const Part& part : word.parts) {
    switch (part.kind) {
      case PartKind::kVariable:
        names.insert(part.text);
        if (part.op.find('$') != std::string::npos) names_in_text(part.op, names);
        break;
      case PartKind::kKubernetes:
        names.insert(part.text);
        break;
      case PartKind::kArithmetic:
        names_in_text(part.text, names);
        break;
      case PartKind::kSubstitution:
        if (part.body != kNoNode) names_in_command(script, part.body, names);
        break;
      case PartKind::kLiteral:
        if (part.text.find("/etc/hostname") != std::string::npos) names.insert("$(hostname)");
        break;
    }
  }
}

bool contains_any(const Names& names, const Names& wanted) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return wanted.count(name) != 0; });
}

bool names_the_pod(std::string_view name, const IdentityVariable& identity) {
  if (name == "HOSTNAME" || name == "$(hostname)" || name == "BASH_REMATCH") return true;
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  for (const std::string_view part : {"ORDINAL", "POD_NAME", "PODNAME", "POD_INDEX", "HOST_NAME"}) {
    if (upper.find(part) != std::string::npos) return true;
  }
  return identity && identity(name);
}

// Every variable whose value comes, through any number of assignments, from the pod's name.
Names pod_variables(const Script& script, const IdentityVariable& identity) {
  std::vector<std::pair<std::string, Names>> assigned;  // variable <- what it is made of
  Names all;
  for (const Node& node : script.nodes) {
    Names reads;
    for (const Word& word : node.words) names_in_word(script, word, reads);
    all.insert(reads.begin(), reads.end());
    const auto assign = [&](const std::string& variable, const Word& value) {
      Names sources;
      names_in_word(script, value, sources);
      all.insert(sources.begin(), sources.end());
      assigned.emplace_back(variable, std::move(sources));
    };
    for (const Assignment& assignment : node.assignments) assign(assignment.name, assignment.value);
    if (node.kind == NodeKind::kCommand) {
      // export x=…, local x=…: the assignment is an argument.
      for (const Word& word : node.words) {
        if (word.parts.size() < 2 || word.parts[0].kind != PartKind::kLiteral) continue;
        const std::size_t equals = word.parts[0].text.find('=');
        if (equals != std::string::npos && equals > 0) {
          assign(word.parts[0].text.substr(0, equals), word);
        }
      }
      if (call(node).name == "read") {
        for (const Word& word : node.words) {
          if (const auto name = word.literal()) assigned.emplace_back(*name, reads);
        }
      }
    }
    if (node.kind == NodeKind::kFor) assigned.emplace_back(node.text, reads);
  }
  Names pod;
  for (const std::string& name : all) {
    if (names_the_pod(name, identity)) pod.insert(name);
  }
  // A few rounds reach any chain that people write; the number of rounds keeps it linear.
  for (int round = 0; round < 6; ++round) {
    const std::size_t before = pod.size();
    for (const auto& [variable, sources] : assigned) {
      if (contains_any(sources, pod)) pod.insert(variable);
    }
    if (pod.size() == before) break;
  }
  return pod;
}

bool reads_any(const Script& script, NodeId id, const Names& wanted) {
  Names names;
  names_in_command(script, id, names);
  return contains_any(names, wanted);
}

bool word_reads_any(const Script& script, const Word& word, const Names& wanted) {
  Names names;
  names_in_word(script, word, names);
  return contains_any(names, wanted);
}

// Leaves the script, a function or a loop round somewhere inside.
bool holds_leaver(const Script& script, NodeId id) {
  bool found = false;
  for_each_below(script, id, [&](NodeId, const Node& node) {
    if (node.kind != NodeKind::kCommand) return;
    const std::string name = call(node).name;
    found |= name == "exit" || name == "return" || name == "continue" || name == "break" ||
             (!node.words.empty() && node.words[0].is("exec"));
  });
  return found;
}

// The pod test that stands in this construct's way: `if [ "$HOSTNAME" = x ]; then exit 0; fi`.
std::optional<Range> test_that_leaves(const Script& script, NodeId id, const Names& pod) {
  const Node& node = script.at(id);
  if (!holds_leaver(script, id)) return std::nullopt;
  switch (node.kind) {
    case NodeKind::kIf:
    case NodeKind::kAndOr:
      for (const NodeId child : node.children) {
        const Slot slot = script.at(child).slot;
        if (slot != Slot::kCondition && slot != Slot::kOperand) continue;
        if (reads_any(script, child, pod)) return script.at(child).range;
      }
      return std::nullopt;
    case NodeKind::kCase:
      if (word_reads_any(script, node.words[0], pod)) return node.words[0].range;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// i=$((i + 1)), i=$(expr $i + 1), left=$(( end - $(date +%s) )).
bool computes(const Script& script, const Word& value) {
  Names names;
  names_in_word(script, value, names);
  const bool arithmetic = std::any_of(value.parts.begin(), value.parts.end(), [](const Part& part) {
    return part.kind == PartKind::kArithmetic;
  });
  return arithmetic || names.count("$(expr)") != 0 || names.count("$(date)") != 0;
}

}  // namespace

bool bounded(const Script& script, NodeId loop) {
  const Node& node = script.at(loop);
  if (node.kind == NodeKind::kFor) {
    std::string header(node.text);  // `(( ; ; ))` as well
    std::erase_if(header, [](char c) { return c == ' ' || c == '\t'; });
    return header != ";;" || !node.c_style;
  }
  for (NodeId at = loop; at != kNoNode; at = script.at(at).parent) {
    const Node& inside = script.at(at);
    if (inside.slot == Slot::kInline && call(script.at(inside.parent)).timed) return true;
  }
  Names counters;
  Names tested;
  bool leaves = false;
  bool clock = false;
  for_each_below(script, loop, [&](NodeId id, const Node& below) {
    for (const Assignment& assignment : below.assignments) {
      if (computes(script, assignment.value)) counters.insert(assignment.name);
    }
    if (below.kind == NodeKind::kArithmetic) names_in_text(below.text, counters);
    if (below.kind == NodeKind::kCommand) {
      const Call inner = call(below);
      for (const Word& word : below.words) {
        for (const Part& part : word.parts) {
          const bool steps =
              part.kind == PartKind::kArithmetic && (part.text.find("++") != std::string::npos ||
                                                     part.text.find("--") != std::string::npos ||
                                                     part.text.find('=') != std::string::npos);
          if (steps) names_in_text(part.text, counters);
        }
      }
      if (inner.name == "let") {
        for (const Word* word : inner.args) names_in_text(word->literal_text(), counters);
      }
      leaves |= inner.name == "exit" || inner.name == "return" || inner.name == "break" ||
                inner.name == "kill";
    }
    if (is_test(below)) {
      Names names;
      names_in_command(script, id, names);
      clock |= names.count("SECONDS") != 0 || names.count("$(date)") != 0;
      tested.insert(names.begin(), names.end());
    }
  });
  // A test in the loop's own condition ends it; one in the body needs something that leaves.
  Names condition;
  names_in_command(script, node.children[0], condition);
  for (const std::string& counter : counters) {
    if (tested.count(counter) == 0) continue;
    if (leaves || condition.count(counter) != 0) return true;
  }
  if (clock && (leaves || condition.count("SECONDS") != 0 || condition.count("$(date)") != 0)) {
    return true;
  }
  return false;
}

std::optional<Range> pod_guard(const Script& script, NodeId command,
                               const IdentityVariable& identity) {
  const Names pod = pod_variables(script, identity);
  if (pod.empty()) return std::nullopt;
  NodeId at = command;
  for (int calls = 0; calls < 8;) {
    const Node& node = script.at(at);
    if (node.slot == Slot::kRoot) return std::nullopt;
    const Node& above = script.at(node.parent);
    switch (node.slot) {
      case Slot::kItem:
        for (std::uint32_t i = 0; i < node.place; ++i) {
          if (auto test = test_that_leaves(script, above.children[i], pod)) return test;
        }
        break;
      case Slot::kOperand:
        for (std::uint32_t i = 0; i < node.place; ++i) {
          if (reads_any(script, above.children[i], pod)) return script.at(above.children[i]).range;
        }
        break;
      case Slot::kBody:
      case Slot::kElse:
        if (above.kind == NodeKind::kIf) {
          for (const NodeId child : above.children) {
            if (child == at) break;
            if (script.at(child).slot == Slot::kCondition && reads_any(script, child, pod)) {
              return script.at(child).range;
            }
          }
        } else if (above.kind == NodeKind::kCase) {
          if (word_reads_any(script, above.words[0], pod)) return above.words[0].range;
        } else if (above.kind == NodeKind::kLoop) {
          // while [ $i -lt $ORDINAL ]; do wait for pod i: nothing to wait for in pod 0.
          const NodeId condition = above.children[0];
          if (reads_any(script, condition, pod)) return script.at(condition).range;
        } else if (above.kind == NodeKind::kFor) {
          for (const Word& word : above.words) {
            if (word_reads_any(script, word, pod)) return word.range;
          }
          Names names;
          if (above.c_style) names_in_text(above.text, names);
          if (contains_any(names, pod)) return above.range;
        }
        break;
      default:
        break;
    }
    at = node.parent;
    if (above.kind == NodeKind::kFunction) {
      const auto callers = script.by_name.find(above.text);
      if (callers == script.by_name.end() || callers->second.empty()) return std::nullopt;
      at = callers->second.front();
      ++calls;
    }
  }
  return std::nullopt;
}

bool mentions_pod(const Script& script, const IdentityVariable& identity) {
  return !pod_variables(script, identity).empty();
}

}  // namespace sts::lint::shell
