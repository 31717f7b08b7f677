#include "lint/script/reach.h"

#include "lint/script/flow.h"

#include <algorithm>

namespace sts::lint::shell {
namespace {

// Functions that call functions: deeper than people nest them.
constexpr int kMostCalls = 8;

bool ends_the_list(const Node& node) {
  if (node.kind != NodeKind::kCommand || node.words.empty()) return false;
  const Word& first = node.words.front();
  // `exec >log` only redirects.
  return first.is("exit") || first.is("return") || (first.is("exec") && node.words.size() > 1);
}

bool is_test(const Node& node) {
  if (node.kind == NodeKind::kArithmetic) return true;
  if (node.kind != NodeKind::kCommand || node.words.empty()) return false;
  const Word& first = node.words.front();
  return first.is("[") || first.is("[[") || first.is("test");
}

class Way {
 public:
  explicit Way(const Script& script) : script_(script) {}

  Reach to(NodeId command, int calls) const {
    Reach result = Reach::kAlways;
    for (NodeId at = command; at != kNoNode; at = script_.at(at).parent) {
      const Node& node = script_.at(at);
      if (node.parent == kNoNode) break;
      const Reach step = into(node, script_.at(node.parent), calls);
      result = std::max(result, step);
      if (result == Reach::kNever || script_.at(node.parent).kind == NodeKind::kFunction) break;
    }
    return result;
  }

 private:
  Reach into(const Node& node, const Node& parent, int calls) const {
    switch (parent.kind) {
      case NodeKind::kList: {
        const auto before = parent.children.begin() + node.place;
        return std::any_of(parent.children.begin(), before,
                           [&](NodeId id) { return ends_the_list(script_.at(id)); })
                   ? Reach::kNever
                   : Reach::kAlways;
      }
      case NodeKind::kIf:
        return node.slot == Slot::kCondition && node.place == 0 ? Reach::kAlways : Reach::kPerhaps;
      case NodeKind::kCase:
        return Reach::kPerhaps;
      case NodeKind::kAndOr: {
        if (node.place == 0) return Reach::kAlways;
        const bool after_or = parent.or_before[node.place];
        return after_or || is_test(script_.at(parent.children[node.place - 1])) ? Reach::kPerhaps
                                                                                : Reach::kAlways;
      }
      case NodeKind::kFunction:
        return called(parent.text, calls);
      default:
        return Reach::kAlways;
    }
  }

  Reach called(const std::string& name, int calls) const {
    const auto sites = script_.by_name.find(name);
    if (sites == script_.by_name.end()) {
      const bool computed =
          std::any_of(script_.commands.begin(), script_.commands.end(), [&](NodeId id) {
            const Node& command = script_.at(id);
            return !command.words.empty() && !command.words.front().literal();
          });
      return computed ? Reach::kPerhaps : Reach::kNever;
    }
    if (calls >= kMostCalls) return Reach::kPerhaps;
    Reach best = Reach::kNever;
    for (const NodeId site : sites->second) best = std::min(best, to(site, calls + 1));
    return best;
  }

  const Script& script_;
};

}  // namespace

Reach reach(const Script& script, NodeId command) {
  const Reach result = Way(script).to(command, 0);
  return result == Reach::kPerhaps && pod_guard(script, command) ? Reach::kAlways : result;
}

bool has_companion(const Script& script, NodeId command) {
  for (NodeId at = command; at != kNoNode; at = script.at(at).parent) {
    const Node& node = script.at(at);
    if (node.parent == kNoNode || node.slot == Slot::kCondition) return false;
    const Node& parent = script.at(node.parent);
    if (parent.kind == NodeKind::kAndOr &&
        std::any_of(parent.or_before.begin() + 1, parent.or_before.end(),
                    [](bool is_or) { return !is_or; })) {
      return true;
    }
  }
  return false;
}

}  // namespace sts::lint::shell
