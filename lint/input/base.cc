#include "lint/input/base.h"

#include "lint/input/git.h"
#include "lint/input/paths.h"
#include "lint/input/project.h"

#include <filesystem>
#include <set>
#include <system_error>

namespace sts::lint {
namespace {

namespace fs = std::filesystem;

std::vector<SelectedFile> files_of_path(const std::string& path, const SelectionRequest& request) {
  std::vector<SelectedFile> files;
  const auto add = [&](const std::string& absolute, const std::string& in_project) {
    SelectedFile file;
    file.file = make_project_file(in_project, false);
    file.name = shown_path(absolute, request.working_directory, true);
    file.read = [absolute, limit = request.max_file_size] { return read_file(absolute, limit); };
    std::error_code failed;
    const auto size = fs::file_size(absolute, failed);
    if (!failed) file.size = size;
    files.push_back(std::move(file));
  };
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    add(path, fs::path(path).filename().string());
    return files;
  }
  for (const std::string& inside : walk_folder(path, true).files) add(path + "/" + inside, inside);
  return files;
}

// The commit that `revision` means in the repository of one project.
class Commit {
 public:
  static Result<Commit> open(const std::string& folder, const std::string& revision) {
    const auto root = git_root(folder);
    if (!root) return fail("no such path, and no git work tree here");
    const Result<std::string> commit = git_merge_base(*root, revision);
    if (!commit) return tl::unexpected(commit.error());
    Result<std::vector<IndexEntry>> entries = git_tree(*root, *commit);
    if (!entries) return tl::unexpected(entries.error());
    auto blobs = GitBlobs::open(*root);
    if (!blobs) return tl::unexpected(blobs.error());
    return Commit(*root, revision, std::move(*entries), std::move(*blobs));
  }

  // Those below a folder, named as from there.
  std::vector<SelectedFile> files_below(const std::string& folder, std::uint64_t limit) const {
    std::vector<SelectedFile> files;
    std::vector<std::string> paths;
    for (const IndexEntry& entry : entries_) paths.push_back(entry.path);
    keep_interesting(paths);
    const std::set<std::string> wanted(paths.begin(), paths.end());
    for (const IndexEntry& entry : entries_) {
      const auto inside = below(root_ + "/" + entry.path, folder);
      if (!inside || !wanted.contains(entry.path)) continue;
      SelectedFile file;
      file.file = make_project_file(*inside, false);
      file.name = revision_ + ":" + entry.path;
      file.read = [blobs = blobs_, oid = entry.oid, limit] { return blobs->read(oid, limit); };
      files.push_back(std::move(file));
    }
    return files;
  }

  const std::string& root() const { return root_; }

 private:
  Commit(std::string root, std::string revision, std::vector<IndexEntry> entries,
         std::shared_ptr<GitBlobs> blobs)
      : root_(std::move(root)),
        revision_(std::move(revision)),
        entries_(std::move(entries)),
        blobs_(std::move(blobs)) {}

  std::string root_;
  std::string revision_;
  std::vector<IndexEntry> entries_;
  std::shared_ptr<GitBlobs> blobs_;
};

}  // namespace

Result<void> add_base(Selections& selections, const SelectionRequest& request) {
  const std::string& base = *request.base;
  const std::string path = absolute_path(base, request.working_directory);
  std::error_code error;
  const bool is_path = !base.empty() && fs::exists(path, error);
  for (Selection& selection : selections.projects) {
    if (is_path) {
      selection.base = files_of_path(path, request);
      continue;
    }
    const std::string& folder = selection.root.empty() ? request.working_directory : selection.root;
    const Result<Commit> commit = Commit::open(folder, base);
    if (!commit) return fail("--base " + base + ": " + commit.error().message);
    selection.base = commit->files_below(selection.root.empty() ? commit->root() : selection.root,
                                         request.max_file_size);
  }
  return {};
}

}  // namespace sts::lint
