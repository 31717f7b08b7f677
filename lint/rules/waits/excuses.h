#pragma once

#include "lint/script/scripts.h"

namespace sts::lint::waits {

/// Not every pod of the set gets to the command, or the script does not stop for it: a guard on the
/// ordinal, here or around the call of this file; a background job; a server started before.
bool is_excused(const PodScript& script, shell::NodeId command, const PodScripts& all);

/// What decides whether the command is reached at all.
enum class Reached : std::uint8_t {
  kAlways,
  kByTest,     // a test of something else than the pod: `[ -n "$JOIN" ]`, an earlier exit
  kByCommand,  // the answer of some program or function
};
Reached reached(const shell::Script& script, shell::NodeId command);

}  // namespace sts::lint::waits
