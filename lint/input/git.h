#pragma once

#include "kube/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sts::lint {

/// The root of the git work tree that holds this folder: the nearest one above with a `.git`.
std::optional<std::string> git_root(const std::string& folder);

/// Tracked files and untracked ones that .gitignore and its kin do not exclude, relative to
/// `folder`, below it. Asks git itself, since nobody else reads ignore files quite as it does.
/// A file that was deleted but is still tracked is listed.
Result<std::vector<std::string>> git_files(const std::string& folder);

struct IndexEntry {
  std::string path;  // relative to the work tree's root
  std::string oid;
};

/// The regular files of the git index (GIT_INDEX_FILE is honoured, as pre-commit needs it).
/// Of a file with conflicts the side called "ours".
Result<std::vector<IndexEntry>> git_index(const std::string& root);

/// The commit that a revision and HEAD have in common last: what an edit since then is compared
/// with, whatever else the other branch has gained. Fails for what is no revision, and where the
/// history here does not reach back that far (a shallow clone).
Result<std::string> git_merge_base(const std::string& root, const std::string& revision);

/// The regular files of a commit.
Result<std::vector<IndexEntry>> git_tree(const std::string& root, const std::string& commit);

/// Reads blobs through one `git cat-file --batch`. Thread-safe.
class GitBlobs {
 public:
  static Result<std::shared_ptr<GitBlobs>> open(const std::string& root);
  virtual ~GitBlobs() = default;

  /// Fails for a blob over `max_size` bytes.
  virtual Result<std::string> read(const std::string& oid, std::uint64_t max_size) = 0;
};

}  // namespace sts::lint
