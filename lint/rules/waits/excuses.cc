#include "lint/rules/waits/excuses.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace sts::lint::waits {
namespace {

// A job in the background anywhere in the script: the wait itself, a function around it, or the
// server that is being waited for. Which of them it is makes no difference here.
bool uses_background(const shell::Script& script) {
  return std::any_of(script.nodes.begin(), script.nodes.end(),
                     [](const shell::Node& node) { return node.background; });
}

bool mentions(const shell::Node& command, std::string_view file) {
  return std::any_of(command.words.begin(), command.words.end(), [&](const shell::Word& word) {
    return word.literal_text().find(file) != std::string::npos;
  });
}

// Some script of the container calls this file for certain pods only, or in the background.
bool caller_excuses(const PodScript& script, const PodScripts& all) {
  if (script.path.empty()) return false;
  const std::string file = script.path.substr(script.path.rfind('/') + 1);
  return std::any_of(all.begin(), all.end(), [&](const PodScript& caller) {
    if (&caller == &script || !(caller.container.value == script.container.value)) return false;
    return std::any_of(caller.script.commands.begin(), caller.script.commands.end(),
                       [&](shell::NodeId id) {
                         return mentions(caller.script.at(id), file) &&
                                (caller.guard(id) || uses_background(caller.script));
                       });
  });
}

bool any_below(const shell::Script& script, shell::NodeId id, const auto& holds) {
  if (holds(script.at(id))) return true;
  const auto& children = script.at(id).children;
  return std::any_of(children.begin(), children.end(),
                     [&](shell::NodeId child) { return any_below(script, child, holds); });
}

bool is_one_of(const shell::Node& node, std::initializer_list<std::string_view> names) {
  if (node.kind != shell::NodeKind::kCommand) return false;
  const std::string name = shell::call(node).name;
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What a condition asks. A command that only prints or waits decides nothing.
Reached asked_by(const shell::Script& script, shell::NodeId condition) {
  const bool decides = any_below(script, condition, [](const shell::Node& node) {
    return node.kind != shell::NodeKind::kList && node.kind != shell::NodeKind::kPipeline &&
           !is_one_of(node, {"echo", "printf", "true", ":", "sleep", "date", "set", "cd"});
  });
  if (!decides) return Reached::kAlways;
  const bool tests_only = !any_below(script, condition, [](const shell::Node& node) {
    return node.kind == shell::NodeKind::kCommand && !is_one_of(node, {"[", "[[", "test"});
  });
  return tests_only ? Reached::kByTest : Reached::kByCommand;
}

// An earlier command of the list that may end the script well.
bool may_leave(const shell::Script& script, shell::NodeId item) {
  const shell::NodeKind kind = script.at(item).kind;
  if (kind != shell::NodeKind::kIf && kind != shell::NodeKind::kAndOr &&
      kind != shell::NodeKind::kCase) {
    return false;
  }
  return any_below(script, item, [](const shell::Node& node) {
    if (node.kind != shell::NodeKind::kCommand) return false;
    if (!node.words.empty() && node.words[0].is("exec")) return true;
    // `mkdir -p /data || exit 1`: the container fails and comes back to it.
    const shell::Call call = shell::call(node);
    return call.name == "exit" && (call.args.empty() || call.args[0]->is("0"));
  });
}

Reached by_parent(const shell::Script& script, shell::NodeId id) {
  const shell::Node& node = script.at(id);
  const shell::Node& above = script.at(node.parent);
  Reached result = Reached::kAlways;
  const auto ask = [&](shell::NodeId condition) {
    result = std::max(result, asked_by(script, condition));
  };
  const std::size_t before = node.place;
  switch (node.slot) {
    case shell::Slot::kItem:
      for (std::size_t i = 0; i < before; ++i) {
        if (may_leave(script, above.children[i])) result = std::max(result, Reached::kByTest);
      }
      break;
    case shell::Slot::kOperand:
      for (std::size_t i = 0; i < before; ++i) ask(above.children[i]);
      break;
    case shell::Slot::kBody:
    case shell::Slot::kElse:
      if (above.kind == shell::NodeKind::kCase) result = Reached::kByTest;
      if (above.kind != shell::NodeKind::kIf) break;
      for (std::size_t i = 0; i < before; ++i) {
        if (script.at(above.children[i]).slot == shell::Slot::kCondition) ask(above.children[i]);
      }
      break;
    default:
      break;
  }
  return result;
}

}  // namespace

Reached reached(const shell::Script& script, shell::NodeId command) {
  constexpr int kMaxCalls = 8;
  Reached result = Reached::kAlways;
  shell::NodeId at = command;
  for (int calls = 0; calls < kMaxCalls && script.at(at).slot != shell::Slot::kRoot;) {
    result = std::max(result, by_parent(script, at));
    at = script.at(at).parent;
    if (script.at(at).kind != shell::NodeKind::kFunction) continue;
    const auto callers = script.by_name.find(script.at(at).text);
    if (callers == script.by_name.end() || callers->second.empty()) break;
    at = callers->second.front();
    ++calls;
  }
  return result;
}

bool is_excused(const PodScript& script, shell::NodeId command, const PodScripts& all) {
  return script.guard(command) || uses_background(script.script) || caller_excuses(script, all);
}

}  // namespace sts::lint::waits
