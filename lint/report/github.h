#pragma once

#include "lint/linter.h"
#include "lint/report/format.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sts::lint {

/// The workflow commands' escapes (actions/runner, ActionCommand.cs, TryParseV2).
std::string escape_data(std::string_view text);
std::string escape_property(std::string_view text);

/// A table for $GITHUB_STEP_SUMMARY, Markdown, of at most `max_bytes`: the runner drops a larger
/// summary whole. Nothing in it is read as Markdown or HTML but what we put there.
std::string github_summary(const LintReport& report, const Presentation& presentation,
                           std::size_t max_bytes);

/// Lines for $GITHUB_OUTPUT: findings, errors, warnings.
std::string github_outputs(const LintReport& report);

}  // namespace sts::lint
