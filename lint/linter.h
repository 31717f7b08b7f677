#pragma once

#include "lint/finding.h"
#include "lint/input/selection.h"
#include "lint/options.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sts::lint {

struct LintOptions {
  Options rules;
  bool honour_ignores = true;  // --no-ignores turns it off
  /// From how many bytes of input and how many objects on several threads are used: below, they
  /// cost more than they give. What is found is the same.
  std::uint64_t parallel_bytes = 256 * 1024;
  std::size_t parallel_objects = 256;
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
  bool lacks_sets = false;    // exit 3: --require-input, and there is no set
  /// References of target objects to which the index answers "unknown", by the reason.
  std::map<std::string, std::size_t> unresolved;

  std::size_t count(Severity severity) const;
};

/// Reads the files of one project, builds the index, runs every rule, applies ignores.
LintReport lint(const Selection& selection, const LintOptions& options);

/// One report of several, with what the selection itself could not read.
LintReport merge(std::vector<LintReport> reports, const Selections& selections);

}  // namespace sts::lint
