#pragma once

#include "lint/linter.h"
#include "lint/report/escape.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// How the reader of a report sees it.
struct Presentation {
  bool colour = false;
  Reader reader = Reader::kTerminal;
};

/// A value of -o. A new format is one file with a render function and one line in format.cc.
struct Format {
  std::string_view name;
  std::string (*render)(const LintReport& report, const Presentation& presentation);
};

/// All formats, the default first.
const std::vector<Format>& formats();
/// Null where there is none of that name.
const Format* find_format(std::string_view name);

std::string render_text(const LintReport& report, const Presentation& presentation);

}  // namespace sts::lint
