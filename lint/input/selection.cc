#include "lint/input/selection.h"

#include "lint/input/base.h"
#include "lint/input/git.h"
#include "lint/input/paths.h"
#include "lint/input/project.h"
#include "lint/input/staged.h"

#include <climits>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace sts::lint {
namespace {

namespace fs = std::filesystem;

bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

// A pipe in the configuration's place would be waited for without end.
Result<std::string> read_regular_file(const std::string& path, std::uint64_t limit) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return fail("is not a regular file");
  }
  return read_file(path, limit);
}

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr),
                                                         &std::free);
  if (!real) return std::nullopt;
  return std::string(real.get());
}

// kubectl's -f is a list (pflag StringSlice). A file whose name holds a comma is meant as it
// stands.
std::vector<std::string> split_list(const std::string& list) {
  if (list.find(',') == std::string::npos || exists(list)) return {list};
  std::vector<std::string> paths;
  std::size_t begin = 0;
  for (std::size_t comma = list.find(','); comma != std::string::npos;
       comma = list.find(',', begin)) {
    paths.push_back(list.substr(begin, comma - begin));
    begin = comma + 1;
  }
  paths.push_back(list.substr(begin));
  return paths;
}

class Selector {
 public:
  Selector(const SelectionRequest& request, const std::function<Result<std::string>()>& read_stdin)
      : request_(request),
        read_stdin_(read_stdin),
        owners_(
            [](const std::string& folder) {
              return exists(folder + "/" + std::string(kConfigName));
            },
            [](const std::string& folder) { return exists(folder + "/.git"); }) {}

  Result<Selections> run() {
    if (request_.project) {
      named_root_ = real_path(absolute_path(*request_.project, request_.working_directory));
      if (!named_root_ || !fs::is_directory(*named_root_)) {
        return fail("--project " + *request_.project + ": no such folder");
      }
    }
    for (const std::string& path : request_.paths) {
      if (auto failure = add(path, true)) return fail(*failure);
    }
    for (const std::string& list : request_.filenames) {
      for (const std::string& path : split_list(list)) {
        if (auto failure = add(path, request_.recursive)) return fail(*failure);
      }
    }
    group();
    return std::move(result_);
  }

 private:
  struct Target {
    std::string name;
    bool explicitly_named = false;
    bool from_folder = false;
  };

  // A reason when the argument is misused.
  std::optional<std::string> add(const std::string& given, bool recursive) {
    if (given.empty()) return "an empty path; name a file or a folder";
    if (given == "-") {
      add_stream("<stdin>", read_stdin_);
      return std::nullopt;
    }
    if (given.starts_with("http://") || given.starts_with("https://")) {
      return given + ": URLs are not read; fetch it and pipe it in: curl -sSL " + given +
             " | kubectl sts lint -";
    }
    const std::string path = absolute_path(given, request_.working_directory);
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      const int why = errno;
      if (why == ENOENT && is_glob(given)) {
        add_glob(given);
      } else {
        result_.problems.push_back(
            {given, std::string(std::strerror(why)), why == ENOENT ? "check the path" : ""});
      }
      return std::nullopt;
    }
    if (S_ISDIR(status.st_mode)) {
      add_folder(path, recursive);
    } else if (S_ISREG(status.st_mode)) {
      add_file(path, given);
    } else {
      // A pipe of the shell's <(…), a device: read once, a project of its own like stdin.
      add_stream(given, [path, limit = request_.max_file_size] { return read_file(path, limit); });
    }
    return std::nullopt;
  }

  void add_stream(const std::string& name, std::function<Result<std::string>()> read) {
    for (const SelectedFile& known : streams_) {
      if (known.name == name) return;
    }
    SelectedFile stream;
    stream.file = make_project_file(name, true);
    stream.file->folder.clear();
    stream.name = name;
    stream.explicitly_named = true;
    stream.read = std::move(read);
    streams_.push_back(std::move(stream));
  }

  void add_glob(const std::string& pattern) {
    const std::vector<std::string> files = expand_glob(pattern, request_.working_directory);
    if (files.empty()) {
      result_.problems.push_back({pattern, "no file matches this pattern", "check the pattern"});
    }
    for (const std::string& file : files) {
      add_file(absolute_path(file, request_.working_directory), file);
    }
  }

  void add_file(const std::string& path, const std::string& given) {
    const auto real = real_path(path);
    if (!real) {
      result_.problems.push_back({given, std::string(std::strerror(errno)), "check the path"});
      return;
    }
    Target& target = targets_[*real];
    target.explicitly_named = true;
    if (target.name.empty()) target.name = shown(path);
  }

  std::string shown(const std::string& path) const {
    return shown_path(path, request_.working_directory, true);
  }

  void add_from_folder(const std::string& path, const std::string& name) {
    const FileInterest interest = interest_of(fs::path(path).filename().string());
    if (interest == FileInterest::kNone) return;
    if (interest != FileInterest::kManifest) {  // counts for what it may bring, has no findings
      templates_[path].name = name;
      return;
    }
    Target& target = targets_[path];
    target.from_folder = true;
    if (target.name.empty()) target.name = name;
  }

  void add_folder(const std::string& path, bool recursive) {
    const auto real = real_path(path);
    if (!real) {
      result_.problems.push_back({shown(path), std::string(std::strerror(errno)), ""});
      return;
    }
    if (const auto root = git_root(*real)) {
      bool any = false;
      for (const std::string& file : files_of_work_tree(*root)) {
        const auto inside = below(*root + "/" + file, *real);
        if (!inside || inside->empty()) continue;
        if (!recursive && inside->find('/') != std::string::npos) continue;
        any = true;
        const std::string absolute = *root + "/" + file;
        if (const auto kept = keep(absolute)) add_from_folder(*kept, shown(path + "/" + *inside));
      }
      // Nothing listed: an ignored folder, but one that the user named.
      if (any) return;
    }
    Walk walk = walk_folder(*real, recursive);
    for (const std::string& file : walk.files) {
      const auto kept = real_path(*real + "/" + file);
      if (kept) add_from_folder(*kept, shown(path + "/" + file));
    }
    for (const std::string& folder : walk.unreadable) {
      const std::size_t colon = folder.rfind(": ");
      result_.problems.push_back({shown(folder.substr(0, colon)), folder.substr(colon + 2), ""});
    }
    for (const std::string& note : walk.notes) {
      const std::size_t colon = note.rfind(": ");
      std::string shown_note = shown(note.substr(0, colon)) + note.substr(colon);
      auto& notes = result_.notes;
      if (std::find(notes.begin(), notes.end(), shown_note) == notes.end()) {
        notes.push_back(std::move(shown_note));
      }
    }
  }

  // A file as git lists it: nothing when it is gone from the work tree, or a symlink to another
  // file of the same tree, which is listed itself.
  static std::optional<std::string> keep(const std::string& path) {
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) return std::nullopt;
    if (S_ISREG(status.st_mode)) return path;
    if (!S_ISLNK(status.st_mode) || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
      return std::nullopt;
    }
    return real_path(path);
  }

  const std::vector<std::string>& files_of_work_tree(const std::string& root) {
    const auto known = work_trees_.find(root);
    if (known != work_trees_.end()) return known->second;
    Result<std::vector<std::string>> listed = git_files(root);
    if (!listed) {
      result_.notes.push_back(shown(root) +
                              ": .gitignore is not respected: " + listed.error().message);
      listed = walk_folder(root, true).files;
    }
    keep_interesting(*listed);
    return work_trees_.emplace(root, std::move(*listed)).first->second;
  }

  Owner owner_of(const std::string& path) {
    if (named_root_) return {ProjectRoot::kNamed, *named_root_};
    return owners_.of_file(path);
  }

  void group() {
    std::map<Owner, std::map<std::string, Target>> targets;
    for (auto& [path, target] : targets_) targets[owner_of(path)].emplace(path, target);
    if (named_root_) targets[{ProjectRoot::kNamed, *named_root_}];
    for (auto& [owner, files] : targets) {
      result_.projects.push_back(project(owner, files));
    }
    for (SelectedFile& stream : streams_) {
      if (named_root_) {
        result_.projects.front().files.push_back(std::move(stream));
        continue;
      }
      Selection alone;
      alone.files.push_back(std::move(stream));
      result_.projects.push_back(std::move(alone));
    }
  }

  Selection project(const Owner& owner, const std::map<std::string, Target>& targets) {
    Selection selection;
    selection.root_kind = owner.kind;
    selection.root = owner.kind == ProjectRoot::kInputs ? common_folder(targets) : owner.root;
    if (owner.kind == ProjectRoot::kInputs) {
      selection.lone_files = std::none_of(targets.begin(), targets.end(), [](const auto& target) {
        return target.second.from_folder;
      });
    } else if (const std::string config = owner.root + "/" + std::string(kConfigName);
               exists(config)) {
      selection.config_file = shown(config);
      selection.read_config = [config, limit = request_.max_file_size] {
        return read_regular_file(config, limit);
      };
    }
    std::map<std::string, Target> files = targets;  // by real path
    for (const auto& [path, target] : templates_) {
      if (owner_of(path) == owner) files.emplace(path, target);
    }
    for (const std::string& path : members(owner)) {
      if (files.contains(path)) continue;
      files.emplace(path, Target{shown(path), false, false});
    }
    for (const auto& [path, file] : files) {
      selection.files.push_back(selected(path, file, selection.root, targets.contains(path)));
    }
    return selection;
  }

  SelectedFile selected(const std::string& path, const Target& file, const std::string& root,
                        bool target) const {
    SelectedFile selected;
    selected.file = make_project_file(shown_path(path, root, true), target);
    selected.name = file.name;
    selected.explicitly_named = file.explicitly_named;
    selected.read = [path, limit = request_.max_file_size] { return read_file(path, limit); };
    struct stat status {};
    if (stat(path.c_str(), &status) == 0)
      selected.size = static_cast<std::uint64_t>(status.st_size);
    return selected;
  }

  // Every file of a project, real paths.
  std::vector<std::string> members(const Owner& owner) {
    std::vector<std::string> paths;
    if (owner.kind == ProjectRoot::kInputs) return paths;
    std::string base = owner.root;
    std::vector<std::string> listed;
    if (const auto root = git_root(owner.root)) {
      base = *root;
      listed = files_of_work_tree(*root);
    } else {
      listed = walk_folder(owner.root, true).files;
    }
    for (const std::string& file : listed) {
      const std::string absolute = base + "/" + file;
      if (!below(absolute, owner.root) || owner_of(absolute) != owner) continue;
      if (auto kept = keep(absolute)) paths.push_back(std::move(*kept));
    }
    return paths;
  }

  static std::string common_folder(const std::map<std::string, Target>& targets) {
    if (targets.empty()) return "";
    std::string folder = fs::path(targets.begin()->first).parent_path().string();
    for (const auto& [path, target] : targets) {
      while (!below(path, folder)) folder = fs::path(folder).parent_path().string();
    }
    return folder;
  }

  const SelectionRequest& request_;
  const std::function<Result<std::string>()>& read_stdin_;
  Owners owners_;
  std::optional<std::string> named_root_;
  std::map<std::string, Target> targets_;  // by real path
  std::map<std::string, Target> templates_;
  std::vector<SelectedFile> streams_;
  std::map<std::string, std::vector<std::string>> work_trees_;
  Selections result_;
};

}  // namespace

Result<Selections> select_inputs(const SelectionRequest& request,
                                 const std::function<Result<std::string>()>& read_stdin) {
  if (!request.staged && request.paths.empty() && request.filenames.empty()) {
    return fail("no file or folder given; to lint this folder: kubectl sts lint .");
  }
  Result<Selections> selections =
      request.staged ? select_staged(request) : Selector(request, read_stdin).run();
  if (selections && request.base) {
    if (const auto added = add_base(*selections, request); !added) {
      return tl::unexpected(added.error());
    }
  }
  return selections;
}

}  // namespace sts::lint
