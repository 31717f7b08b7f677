#pragma once

#include "kube/result.h"

#include <string>
#include <string_view>

namespace sts::cmd {

/// Writes everything to stdout. A reader that has gone away (`| head`) is no failure; a full disk
/// is.
Result<void> write_stdout(std::string_view text);

/// Writes to stderr; there is nobody to tell when that fails.
void write_stderr(std::string_view text);

/// Adds to the end of a file that somebody else made (GITHUB_OUTPUT).
Result<void> append_to_file(const std::string& path, std::string_view text);

enum class ColourChoice { kAuto, kAlways, kNever };

/// kubectl's rule (cli-runtime, printers/terminal.go): a terminal, NO_COLOR not set (be it empty),
/// TERM not dumb.
bool use_colour(ColourChoice choice);

}  // namespace sts::cmd
