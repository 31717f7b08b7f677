#include "lint/rules/waits/excuses.h"

#include <algorithm>

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

}  // namespace

bool is_excused(const PodScript& script, shell::NodeId command, const PodScripts& all) {
  return script.guard(command) || uses_background(script.script) || caller_excuses(script, all);
}

}  // namespace sts::lint::waits
