#include "lint/input/staged.h"

#include "lint/input/git.h"
#include "lint/input/paths.h"
#include "lint/input/project.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace sts::lint {
namespace {

class StagedSelector {
 public:
  StagedSelector(const SelectionRequest& request, std::string root, std::vector<IndexEntry> entries,
                 std::shared_ptr<GitBlobs> blobs)
      : request_(request),
        root_(std::move(root)),
        entries_(std::move(entries)),
        blobs_(std::move(blobs)),
        owners_([this](const std::string& folder) { return config_folders_.contains(folder); },
                [this](const std::string& folder) { return folder == root_; }) {
    for (const IndexEntry& entry : entries_) {
      by_path_.emplace(entry.path, &entry);
      const std::string path = root_ + "/" + entry.path;
      if (path.ends_with("/" + std::string(kConfigName))) {
        config_folders_.insert(path.substr(0, path.size() - kConfigName.size() - 1));
      }
    }
  }

  Result<Selections> run() {
    std::vector<std::string> wanted = request_.paths;
    wanted.insert(wanted.end(), request_.filenames.begin(), request_.filenames.end());
    if (wanted.empty()) {
      for (const IndexEntry& entry : entries_) add_from_folder(entry.path);
    }
    for (const std::string& path : wanted) {
      if (path == "-") return fail("--staged reads the git index, not standard input; leave out -");
      add(path);
    }
    return group();
  }

 private:
  void add_from_folder(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (interest_of(path.substr(slash + 1)) == FileInterest::kManifest) targets_.insert(path);
  }

  void add(const std::string& given) {
    const std::string absolute = absolute_path(given, request_.working_directory);
    const auto relative = below(absolute, root_);
    if (relative && by_path_.contains(*relative)) {
      targets_.insert(*relative);
      return;
    }
    const std::string prefix = !relative || relative->empty() ? "" : *relative + "/";
    bool any = false;
    if (relative) {
      for (const IndexEntry& entry : entries_) {
        if (!entry.path.starts_with(prefix)) continue;
        any = true;
        add_from_folder(entry.path);
      }
      if (!any && is_glob(*relative)) {
        for (const IndexEntry& entry : entries_) {
          if (!glob_matches(*relative, entry.path)) continue;
          any = true;
          targets_.insert(entry.path);
        }
      }
    }
    // A folder of which nothing is tracked, or no longer: there is nothing to lint.
    std::error_code failed;
    if (!any && !std::filesystem::is_directory(absolute, failed)) {
      problems_.push_back({given, "is not in the git index, which --staged reads",
                           "git add " + given + ", or leave out --staged"});
    }
  }

  SelectedFile selected(const IndexEntry& entry, const Owner& owner, bool target) const {
    SelectedFile file;
    const std::string absolute = root_ + "/" + entry.path;
    file.file = make_project_file(shown_path(absolute, owner.root, true), target);
    file.name = shown_path(absolute, request_.working_directory, true);
    // Hooks name every staged YAML and JSON file, settings of editors and compilers among them: a
    // file is not a manifest because it was named.
    file.explicitly_named = false;
    file.read = [blobs = blobs_, oid = entry.oid, limit = request_.max_file_size] {
      return blobs->read(oid, limit);
    };
    return file;
  }

  Selections group() {
    std::map<Owner, Selection> projects;
    for (const std::string& path : targets_) projects.try_emplace(owner_of(path));
    for (auto& [owner, selection] : projects) {
      selection.root = owner.root;
      selection.root_kind = owner.kind;
      set_config(selection);
    }
    std::vector<std::string> paths;
    for (const IndexEntry& entry : entries_) paths.push_back(entry.path);
    keep_interesting(paths);
    const std::set<std::string> interesting(paths.begin(), paths.end());
    for (const IndexEntry& entry : entries_) {
      const auto target = targets_.find(entry.path);
      if (target == targets_.end() && !interesting.contains(entry.path)) continue;
      const Owner owner = owner_of(entry.path);
      const bool outside = !below(root_ + "/" + entry.path, owner.root);  // of a named project
      if (outside && target == targets_.end()) continue;
      const auto project = projects.find(owner);
      if (project == projects.end()) continue;
      project->second.files.push_back(selected(entry, owner, target != targets_.end()));
    }
    Selections result;
    for (auto& [owner, selection] : projects) {
      std::sort(
          selection.files.begin(), selection.files.end(),
          [](const SelectedFile& a, const SelectedFile& b) { return a.file->path < b.file->path; });
      result.projects.push_back(std::move(selection));
    }
    result.problems = std::move(problems_);
    return result;
  }

  Owner owner_of(const std::string& path) {
    if (!request_.project) return owners_.of_file(root_ + "/" + path);
    return {ProjectRoot::kNamed, absolute_path(*request_.project, request_.working_directory)};
  }

  void set_config(Selection& selection) const {
    const std::string path = selection.root + "/" + std::string(kConfigName);
    const auto relative = below(path, root_);
    const auto entry = relative ? by_path_.find(*relative) : by_path_.end();
    if (entry == by_path_.end()) return;
    selection.config_file = shown_path(path, request_.working_directory, true);
    selection.read_config = [blobs = blobs_, oid = entry->second->oid,
                             limit = request_.max_file_size] { return blobs->read(oid, limit); };
  }

  const SelectionRequest& request_;
  std::string root_;
  std::vector<IndexEntry> entries_;
  std::shared_ptr<GitBlobs> blobs_;
  std::map<std::string, const IndexEntry*, std::less<>> by_path_;
  std::set<std::string> config_folders_;
  Owners owners_;
  std::set<std::string> targets_;
  std::vector<SelectionProblem> problems_;
};

}  // namespace

Result<Selections> select_staged(const SelectionRequest& request) {
  const auto root = git_root(request.working_directory);
  if (!root) return fail("--staged needs a git work tree, and there is none here");
  if (request.project &&
      !std::filesystem::is_directory(absolute_path(*request.project, request.working_directory))) {
    return fail("--project " + *request.project + ": no such folder");
  }
  Result<std::vector<IndexEntry>> entries = git_index(*root);
  if (!entries) return tl::unexpected(entries.error());
  auto blobs = GitBlobs::open(*root);
  if (!blobs) return tl::unexpected(blobs.error());
  return StagedSelector(request, *root, std::move(*entries), std::move(*blobs)).run();
}

}  // namespace sts::lint
