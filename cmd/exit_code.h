#pragma once

namespace sts::cmd {

/// The table in README.md; never reused for another meaning.
enum ExitCode : int {
  kClean = 0,
  kFindings = 1,     // at or above --fail-on
  kUsage = 2,        // wrong flags or a wrong configuration file
  kBrokenInput = 3,  // something could not be read; the report could not be written
};

}  // namespace sts::cmd
