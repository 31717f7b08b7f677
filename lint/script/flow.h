#pragma once

#include "lint/script/shell.h"

#include <functional>
#include <optional>
#include <string_view>

// What a command's exit status decides, and under which conditions it runs at all.
namespace sts::lint::shell {

enum class Gate : std::uint8_t {
  kNone,    // nothing but messages depends on it (`cmd || true`, `cmd || echo …`, lost in a pipe)
  kBranch,  // which commands run next: if, &&, ||, $?
  kLoop,    // when a loop ends: until/while condition, `&& break`, `if …; then break`
  kExit,    // whether the script goes on or fails: set -e, `|| exit 1`, its last command
};

struct Gating {
  Gate gate = Gate::kNone;
  /// What lets things go on (ends the loop, lets the script succeed): the command's success (the
  /// common case), or its failure (`while nslookup x`, `! nslookup x`).
  bool success_passes = true;
  NodeId loop = kNoNode;     // kLoop: which
  bool alternative = false;  // another command can stand in for it: a || b
  bool piped = false;        // its status is lost in a pipe; next_stage is who reads its output
  bool captured = false;     // inside $(…) whose status nobody sees
  NodeId next_stage = kNoNode;
};

/// `status_matters` says whether the status of the whole script does (a probe,
/// an init container, a postStart hook).
Gating gating(const Script& script, NodeId command, bool status_matters);

/// The innermost loop (while, until, for) that the command is repeated by, condition or body;
/// through function calls too where there is exactly one. kNoNode for none.
NodeId enclosing_loop(const Script& script, NodeId command);

/// The command stands in the condition of `loop`.
bool in_condition(const Script& script, NodeId command, NodeId loop);

/// The loop ends by itself after a number of rounds or a time: for loops, counters that a test
/// reads, deadlines by date or SECONDS, an enclosing `timeout N sh -c '…'`.
bool bounded(const Script& script, NodeId loop);

/// Says that a variable of this name tells pods of one set apart (the environment's
/// metadata.name, the pod-index label). HOSTNAME, POD_NAME, *ORDINAL*, BASH_REMATCH and whatever
/// the script computes from them count without being asked.
using IdentityVariable = std::function<bool(std::string_view name)>;

/// Where the script asks which pod it runs in, before or around the command, so that not every
/// ordinal gets there: if, case, &&, || on $HOSTNAME, $(hostname) or an ordinal made from them;
/// also an earlier `… && exit 0`. Nothing where every pod runs the command.
std::optional<Range> pod_guard(const Script& script, NodeId command,
                               const IdentityVariable& identity = {});

/// The script reads its pod's name or ordinal anywhere at all.
bool mentions_pod(const Script& script, const IdentityVariable& identity = {});

}  // namespace sts::lint::shell
