#pragma once

namespace sts::cmd {

/// The tables in README.md and docs/; never reused for another meaning of the same command.
enum ExitCode : int {
  kClean = 0,
  kFindings = 1,     // lint: at or above --fail-on
  kApiError = 1,     // of commands that read a cluster
  kUsage = 2,        // wrong flags or a wrong configuration file
  kBrokenInput = 3,  // lint: something could not be read; the report could not be written
  kUnresolved = 4,   // dns: a name does not resolve
  kBlocked = 9,      // status: something keeps a set from going on
};

}  // namespace sts::cmd
