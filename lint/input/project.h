#pragma once

#include "lint/input/selection.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace sts::lint {

/// The file that marks a project's root and configures it.
inline constexpr std::string_view kConfigName = ".kubectl-sts.yaml";

struct Owner {
  ProjectRoot kind = ProjectRoot::kInputs;
  std::string root;  // absolute; "" for kInputs
  friend auto operator<=>(const Owner&, const Owner&) = default;
};

/// Which project a folder belongs to: the nearest folder above it with a configuration file, else
/// the git work tree, else none. A configuration file above the work tree's root is not looked at:
/// a repository must not depend on where it was cloned to.
class Owners {
 public:
  /// `has_config` and `is_git_root` answer for absolute folders.
  Owners(std::function<bool(const std::string&)> has_config,
         std::function<bool(const std::string&)> is_git_root)
      : has_config_(std::move(has_config)), is_git_root_(std::move(is_git_root)) {}

  const Owner& of_folder(const std::string& folder);
  const Owner& of_file(const std::string& path);

 private:
  std::function<bool(const std::string&)> has_config_;
  std::function<bool(const std::string&)> is_git_root_;
  std::map<std::string, Owner, std::less<>> known_;
};

/// A project file as the index wants it; `path` relative to the root.
std::shared_ptr<ProjectFile> make_project_file(std::string path, bool target);

/// Reads an ordinary file whole; fails with the operating system's words, or when it is larger than
/// `limit` bytes. Also right for pipes and devices, whose size nobody knows.
Result<std::string> read_file(const std::string& path, std::uint64_t limit);

}  // namespace sts::lint
