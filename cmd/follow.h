#pragma once

#include "cmd/cluster.h"
#include "cmd/command_line.h"

namespace sts::cmd {

/// `status -w`: shows the set until the user interrupts, the set is deleted, or it can no longer be
/// read. Returns the exit code.
int follow(const StatusCommand& command, Cluster& cluster);

}  // namespace sts::cmd
