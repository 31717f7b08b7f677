#pragma once

#include "kube/result.h"
#include "lint/index/object.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sts::lint {

/// What the user asked to be linted.
struct SelectionRequest {
  std::vector<std::string> paths;  // PATH...: files, folders (recursive), globs, "-"
  std::vector<std::string>
      filenames;           // -f: kubectl's meaning: a folder is not recursive without -R
  bool recursive = false;  // -R
  std::optional<std::string> project;  // --project DIR
  bool staged = false;                 // --staged: targets and project come from the git index
  std::optional<std::string> base;     // --base: a path or a git revision
  std::uint64_t max_file_size = 64ULL << 20;
  std::string working_directory;  // absolute
};

/// One file of the project. `file.source` is null until somebody reads it.
struct SelectedFile {
  std::shared_ptr<ProjectFile> file;
  std::string name;               // as shown: relative to the working directory as given, "<stdin>"
  bool explicitly_named = false;  // the user wrote this very path (or a glob that gave it, or -)
  std::uint64_t size = 0;
  /// Reads the bytes when called; a failure says what the operating system said. A file over
  /// max_file_size is never read whole.
  std::function<Result<std::string>()> read;
};

/// A target that cannot be read: reported as `input-unreadable`, exit 3.
struct SelectionProblem {
  std::string name;  // as shown
  std::string message;
  std::string fix;
};

/// How the extent of the project was found.
enum class ProjectRoot : std::uint8_t { kConfigFile, kGit, kNamed, kInputs };

/// One project and its targets.
struct Selection {
  /// Every file of the project that may hold manifests (.yaml, .yml, .json and whatever was named),
  /// targets marked, by path. Files given twice are there once.
  std::vector<SelectedFile> files;
  ProjectRoot root_kind = ProjectRoot::kInputs;
  std::string root;  // absolute folder; "" when only stdin was read
  /// The root's .kubectl-sts.yaml as it is shown to people; "" for none.
  std::string config_file;
  /// Reads it (from the git index under --staged); empty where there is none.
  std::function<Result<std::string>()> read_config;
  /// What the project is compared with (--base); nothing where it is not. Paths are relative to the
  /// root where the base has one of its own, and no file is a target.
  std::optional<std::vector<SelectedFile>> base;
  /// Inputs are lone files outside any project: what they lack is not proven absent.
  bool lone_files = false;
};

/// Targets may lie in several projects (a repository with a .kubectl-sts.yaml in some folder, files
/// of two repositories): a file belongs to the nearest root above it, whichever way it was named,
/// so that naming more or fewer files never changes what is found in one. Each Selection is linted
/// on its own (linter.h); reports are then merged.
struct Selections {
  std::vector<Selection> projects;  // by root; stdin's last
  std::vector<SelectionProblem> problems;
  std::vector<std::string> notes;  // a symlink loop passed over, and the like: for stderr
};

/// Finds targets and projects. Fails (exit 2) for usage: no path, a bad glob, --staged outside a
/// git work tree.
Result<Selections> select_inputs(const SelectionRequest& request,
                                 const std::function<Result<std::string>()>& read_stdin);

}  // namespace sts::lint
