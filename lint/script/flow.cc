#include "lint/script/flow.h"

#include <algorithm>
#include <span>

namespace sts::lint::shell {

namespace {

constexpr int kMaxCalls = 8;  // how far a status is followed through calls of functions

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const Node& parent_of(const Script& script, const Node& node) { return script.at(node.parent); }

bool is_last_item(const Script& script, NodeId id) {
  const Node& node = script.at(id);
  return node.place + 1 == parent_of(script, node).children.size();
}

// A command that leaves no trace but text and time.
bool harmless(const Script& script, NodeId id) {
  const Node& node = script.at(id);
  switch (node.kind) {
    case NodeKind::kCommand: {
      if (node.words.empty()) return false;
      for (const Redirection& redirection : node.redirections) {
        if (redirection.op != ">&" && !redirection.target.literal_text().starts_with("/dev/")) {
          return false;
        }
      }
      return one_of(call(node).name, {"echo", "printf", "true", ":", "sleep", "date"});
    }
    case NodeKind::kList:
    case NodeKind::kAndOr:
    case NodeKind::kGroup:
    case NodeKind::kSubshell:
    case NodeKind::kPipeline:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](NodeId child) { return harmless(script, child); });
    default:
      return false;
  }
}

enum class Leaves : std::uint8_t { kNo, kLoop, kScriptWell, kScriptBadly };

// Does this command leave the loop or the script around it?
Leaves leaves(const Script& script, NodeId id) {
  const Node& node = script.at(id);
  if (node.kind == NodeKind::kList || node.kind == NodeKind::kGroup) {
    return node.children.empty() ? Leaves::kNo : leaves(script, node.children.back());
  }
  if (node.kind == NodeKind::kAndOr) {
    // `echo no && exit 1`: the echo never fails.
    const auto before = std::span(node.children).first(node.children.size() - 1);
    const bool sure = std::all_of(before.begin(), before.end(),
                                  [&](NodeId child) { return harmless(script, child); });
    return sure ? leaves(script, node.children.back()) : Leaves::kNo;
  }
  if (node.kind != NodeKind::kCommand) return Leaves::kNo;
  const Call command = call(node);
  if (command.name == "break") return Leaves::kLoop;
  if (command.name != "exit" && command.name != "return") return Leaves::kNo;
  return !command.args.empty() && !command.args[0]->is("0") ? Leaves::kScriptBadly
                                                            : Leaves::kScriptWell;
}

// The loop that `break` would leave, seen from inside its body.
NodeId loop_around(const Script& script, NodeId id) {
  for (NodeId at = id; at != kNoNode; at = script.at(at).parent) {
    const Node& node = script.at(at);
    if (node.slot == Slot::kRoot || node.slot == Slot::kSubstitution ||
        node.slot == Slot::kInline || node.kind == NodeKind::kFunction) {
      return kNoNode;
    }
    const Node& above = parent_of(script, node);
    if (above.kind == NodeKind::kFor || above.kind == NodeKind::kLoop) {
      if (node.slot == Slot::kBody) return node.parent;
    }
  }
  return kNoNode;
}

// `set -e` is in force at the command: from outside, or by an earlier command of the script.
bool errexit_at(const Script& script, NodeId command) {
  bool on = script.errexit;
  const auto sets = script.by_name.find("set");
  if (sets != script.by_name.end()) {
    for (const NodeId id : sets->second) {
      if (script.at(id).range.begin > script.at(command).range.begin) break;
      const auto& words = script.at(id).words;
      for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string word = words[i].literal_text();
        if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) continue;
        if (word.find('e') != std::string::npos) on = word[0] == '-';
        if (word.back() == 'o' && i + 1 < words.size() && words[i + 1].is("errexit")) {
          on = word[0] == '-';
        }
      }
    }
  }
  return on;
}

bool pipefail_in(const Script& script) {
  if (script.pipefail) return true;
  const auto sets = script.by_name.find("set");
  if (sets == script.by_name.end()) return false;
  return std::any_of(sets->second.begin(), sets->second.end(), [&](NodeId id) {
    const auto& words = script.at(id).words;
    return std::any_of(words.begin(), words.end(), [](const Word& w) { return w.is("pipefail"); });
  });
}

// The next command of the list reads $?.
bool status_read_next(const Script& script, NodeId item) {
  const Node& node = script.at(item);
  const Node& list = parent_of(script, node);
  if (node.place + 1 >= list.children.size()) return false;
  NodeId next = list.children[node.place + 1];
  while (!script.at(next).children.empty() && script.at(next).kind != NodeKind::kCommand) {
    next = script.at(next).children[0];
  }
  const Node& command = script.at(next);
  const auto reads = [](const Word& word) {
    return std::any_of(word.parts.begin(), word.parts.end(), [](const Part& part) {
      return part.kind == PartKind::kVariable && part.text == "?";
    });
  };
  return std::any_of(command.words.begin(), command.words.end(), reads) ||
         std::any_of(command.assignments.begin(), command.assignments.end(),
                     [&](const Assignment& a) { return reads(a.value); });
}

class Walk {
 public:
  Walk(const Script& script, bool status_matters)
      : script_(script), status_matters_(status_matters) {}

  Gating from(NodeId command, int calls) {
    const bool errexit = errexit_at(script_, command);
    bool ignored =
        false;  // errexit does not look at conditions, negations and all but the last of &&
    NodeId at = command;
    while (true) {
      const Node& node = script_.at(at);
      if (node.background) return lost();
      switch (node.slot) {
        case Slot::kRoot:
          return status_matters_ || (errexit && !ignored) ? found(Gate::kExit) : lost();
        case Slot::kStage:
          if (const auto stop = stage(node)) return *stop;
          if (parent_of(script_, node).negated) ignored = true;
          break;
        case Slot::kOperand:
          if (!is_last_item(script_, at)) ignored = true;
          if (const auto stop = operand(node)) return *stop;
          break;
        case Slot::kItem:
          if (const auto stop = item(at, errexit && !ignored)) return *stop;
          break;
        case Slot::kCondition:
          return condition(node);
        case Slot::kBody:
        case Slot::kElse: {
          const Node& above = parent_of(script_, node);
          if (above.kind == NodeKind::kFunction) return function(above, calls);
          if (above.kind == NodeKind::kLoop || above.kind == NodeKind::kFor) return lost();
          break;
        }
        case Slot::kSubstitution: {
          const Node& above = parent_of(script_, node);
          // x=$(cmd): the assignment's status is the substitution's.
          if (above.kind != NodeKind::kCommand || !above.words.empty()) {
            result_.captured = true;
            return lost();
          }
          break;
        }
        case Slot::kInline:
          break;
      }
      at = node.parent;
    }
  }

 private:
  Gating found(Gate gate) {
    result_.gate = std::max(result_.gate, gate);
    return result_;
  }
  Gating lost() { return result_; }

  std::optional<Gating> stage(const Node& node) {
    const Node& pipeline = parent_of(script_, node);
    if (node.place + 1 < pipeline.children.size() && !pipefail_in(script_)) {
      result_.piped = true;
      result_.next_stage = pipeline.children[node.place + 1];
      return lost();
    }
    if (pipeline.negated) result_.success_passes = !result_.success_passes;
    return std::nullopt;
  }

  std::optional<Gating> operand(const Node& node) {
    const Node& chain = parent_of(script_, node);
    if (node.place + 1 >= chain.children.size()) return std::nullopt;
    const auto rest = std::span(chain.children).subspan(node.place + 1);
    const bool next_is_or = chain.or_before[node.place + 1];
    const Leaves way = leaves(script_, rest[0]);
    if (way != Leaves::kNo) return leaving(rest[0], way, !next_is_or);
    const bool all_harmless =
        std::all_of(rest.begin(), rest.end(), [&](NodeId id) { return harmless(script_, id); });
    if (next_is_or) {
      // `|| true`, `|| echo no`: the chain succeeds whatever the command says.
      if (all_harmless) return lost();
      // `|| { echo no; exit 1; }` went above; anything else stands in for the command.
      result_.alternative = true;
      result_.gate = Gate::kBranch;
      return std::nullopt;
    }
    if (!all_harmless) result_.gate = Gate::kBranch;
    // `a && b || true`: a later || catches a's failure.
    for (std::size_t i = node.place + 2; i < chain.children.size(); ++i) {
      if (!chain.or_before[i]) continue;
      const Leaves later = leaves(script_, chain.children[i]);
      if (later != Leaves::kNo) return leaving(chain.children[i], later, false);
      if (harmless(script_, chain.children[i])) return lost();
      result_.alternative = true;
    }
    return std::nullopt;
  }

  // The command's success (or failure) leads to break, exit or return.
  Gating leaving(NodeId leaver, Leaves way, bool on_success) {
    const bool success = on_success == result_.success_passes;
    const NodeId loop = loop_around(script_, leaver);
    if (loop != kNoNode && way != Leaves::kScriptBadly) {
      result_.loop = loop;
      result_.success_passes = success;
      return found(Gate::kLoop);
    }
    if (way == Leaves::kScriptBadly) {
      result_.success_passes = !success;
      return found(Gate::kExit);
    }
    if (way == Leaves::kScriptWell && status_matters_) result_.success_passes = success;
    return found(Gate::kBranch);
  }

  std::optional<Gating> item(NodeId at, bool errexit) {
    if (errexit && !guarded_by_condition(at)) return found(Gate::kExit);
    if (is_last_item(script_, at)) return std::nullopt;
    if (status_read_next(script_, at)) return found(Gate::kBranch);
    return lost();
  }

  // errexit is off inside conditions and all operands but the last, for whole subtrees.
  bool guarded_by_condition(NodeId at) const {
    for (NodeId id = at; id != kNoNode; id = script_.at(id).parent) {
      const Node& node = script_.at(id);
      if (node.slot == Slot::kCondition) return true;
      if (node.slot == Slot::kOperand && !is_last_item(script_, id)) return true;
      if (node.slot == Slot::kStage && parent_of(script_, node).negated) return true;
      if (node.slot == Slot::kSubstitution || node.slot == Slot::kInline) return false;
    }
    return false;
  }

  Gating condition(const Node& node) {
    const Node& above = parent_of(script_, node);
    if (above.kind == NodeKind::kLoop) {
      if (!above.until) result_.success_passes = !result_.success_passes;
      result_.loop = node.parent;
      return found(Gate::kLoop);
    }
    // if: what do the branches do?
    const NodeId then = above.children[node.place + 1];
    const NodeId otherwise =
        node.place + 2 < above.children.size() ? above.children[node.place + 2] : kNoNode;
    if (const Leaves way = leaves(script_, then); way != Leaves::kNo) {
      return leaving(then, way, true);
    }
    if (otherwise != kNoNode && script_.at(otherwise).slot == Slot::kElse) {
      if (const Leaves way = leaves(script_, otherwise); way != Leaves::kNo) {
        return leaving(otherwise, way, false);
      }
      if (harmless(script_, then) && harmless(script_, otherwise)) return lost();
    } else if (otherwise == kNoNode && harmless(script_, then)) {
      return lost();
    }
    return found(Gate::kBranch);
  }

  Gating function(const Node& function, int calls) {
    const auto callers = script_.by_name.find(function.text);
    if (callers == script_.by_name.end() || calls >= kMaxCalls) return lost();
    const Gating outer = Walk(script_, status_matters_).from(callers->second.front(), calls + 1);
    if (outer.gate == Gate::kNone) return lost();
    Gating combined = outer;
    combined.success_passes = outer.success_passes == result_.success_passes;
    combined.alternative = outer.alternative || result_.alternative;
    combined.piped = false;
    return combined;
  }

  const Script& script_;
  bool status_matters_;
  Gating result_;
};

}  // namespace

Gating gating(const Script& script, NodeId command, bool status_matters) {
  return Walk(script, status_matters).from(command, 0);
}

NodeId enclosing_loop(const Script& script, NodeId command) {
  NodeId at = command;
  for (int calls = 0; calls <= kMaxCalls;) {
    const Node& node = script.at(at);
    if (node.slot == Slot::kRoot) return kNoNode;
    const Node& above = parent_of(script, node);
    if ((above.kind == NodeKind::kLoop || above.kind == NodeKind::kFor) &&
        (node.slot == Slot::kCondition || node.slot == Slot::kBody)) {
      return node.parent;
    }
    at = node.parent;
    if (above.kind == NodeKind::kFunction) {
      const auto callers = script.by_name.find(above.text);
      if (callers == script.by_name.end() || callers->second.size() != 1) return kNoNode;
      at = callers->second.front();
      ++calls;
    }
  }
  return kNoNode;
}

bool in_condition(const Script& script, NodeId command, NodeId loop) {
  for (NodeId at = command; at != kNoNode && at != loop; at = script.at(at).parent) {
    const Node& node = script.at(at);
    if (node.parent == loop) return node.slot == Slot::kCondition;
  }
  return false;
}

}  // namespace sts::lint::shell
