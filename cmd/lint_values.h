#pragma once

#include "cmd/command_line.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::cmd {

/// The values of lint's flags as they were typed; nothing where a flag was not given.
struct LintText {
  std::vector<std::string> enable;
  std::optional<std::string> output, fail_on, colour, assume, version, domain, name_space, size,
      project;
};

/// Puts the values into the command. What is wrong with them, naming the flag; nothing when they
/// are good.
std::optional<std::string> interpret(const LintText& text, LintCommand& command);

/// The value of --color; what is wrong with it, if something is.
std::optional<std::string> interpret_colour(const std::optional<std::string>& text,
                                            ColourChoice& colour);

/// What the user typed, in quotes and harmless.
std::string in_quotes(std::string_view text);

}  // namespace sts::cmd
