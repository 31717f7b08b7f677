#pragma once

#include "lint/finding.h"
#include "lint/index/index.h"
#include "lint/input/read.h"
#include "lint/input/selection.h"
#include "lint/rule.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sts::lint {

/// Turns what is wrong with the input itself into findings and notes.
///
/// A broken document is an error in a file that the user named, and in a folder walk where some
/// line of it begins with `apiVersion:` or `kind:`; else a note: it may be no manifest at all.
/// Unrendered templates are one note for all of them. Duplicate keys and odd separators count only
/// where Kubernetes objects are.
class InputProblems {
 public:
  /// What a file of the project has. Files that are no target say nothing.
  void add(const ReadFile& file);
  /// A target that cannot be read.
  void add_unreadable(std::string name, std::string message, std::string fix);

  /// What kustomizations of the project name and nobody has. A symlink, or a file that git ignores,
  /// is in no list of the project's files, but kustomize finds it: what is on disk counts as there.
  void add_missing(const std::vector<MissingPath>& paths, const Selection& project);

  Findings& findings() { return findings_; }
  /// Some target, or part of one, could not be read: exit 3.
  bool broken() const { return broken_; }
  /// For stderr, in order.
  std::vector<std::string> notes() const;

 private:
  struct Noted {
    std::string first;
    std::size_t count = 0;
    void add(const std::string& where);
  };

  void add_problem(const ReadFile& file, const kube::Document& document,
                   const kube::Problem& problem, bool kubernetes);

  void report(const ReadFile& file, const kube::Problem& problem, const Rule& rule,
              Severity severity);

  Findings findings_;
  bool broken_ = false;
  std::vector<std::string> notes_;
  Noted templates_;
  Noted skipped_;
};

}  // namespace sts::lint
