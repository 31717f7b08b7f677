#pragma once

#include "cmd/command_line.h"

namespace sts::cmd {

// Each returns the process's exit code.
int run(const LintCommand& command);
int run(const StatusCommand& command);
int run(const DnsCommand& command);
int run(const ExplainCommand& command);
int run(const VersionCommand& command);

}  // namespace sts::cmd
