#pragma once

#include "lint/script/shell.h"

#include <cstdint>

namespace sts::lint::shell {

/// Does a run of the script come by a command?
enum class Reach : std::uint8_t {
  kAlways,
  kPerhaps,  // in a branch that something unknown decides, in a function called by a computed name
  kNever,    // behind `exit` or `exec`, in a function that nobody calls
};

/// A branch that the pod's own name decides counts as reached: some pod goes there.
Reach reach(const Script& script, NodeId command);

/// Other commands have to succeed along with this one: `a && b` in the same condition.
bool has_companion(const Script& script, NodeId command);

}  // namespace sts::lint::shell
