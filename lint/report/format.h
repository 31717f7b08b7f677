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
  /// What the runner must see before a file's name: the way from the workspace to the working
  /// directory ("charts/"), since annotations are relative to the workspace. Else empty.
  std::string file_prefix;
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
std::string render_json(const LintReport& report, const Presentation& presentation);
std::string render_github(const LintReport& report, const Presentation& presentation);

/// "2 errors, 1 warning"; "no problems found", or "nothing to lint" where sets were asked for.
std::string counts(const LintReport& report);
/// "1 file", "2 files".
std::string counted(std::size_t n, const std::string& what);

}  // namespace sts::lint
