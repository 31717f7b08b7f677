#pragma once

#include "lint/finding.h"
#include "lint/input/selection.h"
#include "lint/options.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sts::lint {

struct LintOptions {
  Options rules;
  bool honour_ignores = true;  // --no-ignores turns it off
};

/// What a run says. Findings are those whose own place or a related one lies in a target, in the
/// stable order: file, line, column, code.
struct LintReport {
  std::vector<Finding> findings;
  std::vector<std::string> notes;  // for people, on stderr: unrendered templates, no set found …
  std::size_t suppressed = 0;
  std::size_t files = 0;      // targets read
  std::size_t objects = 0;    // Kubernetes objects in them
  std::size_t sets = 0;       // StatefulSets and DaemonSets in them
  bool broken_input = false;  // exit 3: something could not be read

  std::size_t count(Severity severity) const;
};

/// Reads the files of one project, builds the index, runs every rule, applies ignores.
LintReport lint(const Selection& selection, const LintOptions& options);

/// One report of several, with what the selection itself could not read.
LintReport merge(std::vector<LintReport> reports, const Selections& selections);

}  // namespace sts::lint
