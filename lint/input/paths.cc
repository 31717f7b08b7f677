#include "lint/input/paths.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fnmatch.h>
#include <functional>
#include <set>
#include <span>
#include <sys/stat.h>
#ifdef __linux__
#include <linux/magic.h>
#include <sys/vfs.h>
#endif
#include <utility>

namespace sts::lint {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kManifestSuffixes = {".yaml", ".yml", ".json"};
constexpr std::array<std::string_view, 9> kTemplateSuffixes = {
    ".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".gotmpl", ".erb", ".template", ".in"};
// Programs whose only use is to describe infrastructure.
constexpr std::array<std::string_view, 11> kProgramSuffixes = {
    ".tf",        ".tf.json", ".tofu", ".tfvars", ".tfvars.json", ".jsonnet",
    ".libsonnet", ".cue",     ".k",    ".dhall",  ".bicep"};
// Languages in which Pulumi and cdk8s projects are written.
constexpr std::array<std::string_view, 7> kLanguageSuffixes = {".ts",   ".js", ".py", ".go",
                                                               ".java", ".cs", ".fs"};
// What stands at the root of such a project.
constexpr std::array<std::string_view, 5> kProjectFiles = {"pulumi.yaml", "pulumi.yml",
                                                           "cdk8s.yaml", "cdk8s.yml", "cdktf.json"};
constexpr std::array<std::string_view, 5> kPassedOver = {".git", ".hg", ".svn", ".terraform",
                                                         "node_modules"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool has_suffix(std::string_view name, std::span<const std::string_view> suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// File systems in which the kernel shows itself, without end.
bool is_of_kernel([[maybe_unused]] const std::string& folder) {
#ifdef __linux__
  constexpr std::array<unsigned long, 6> kKernel = {PROC_SUPER_MAGIC,    SYSFS_MAGIC,
                                                    CGROUP2_SUPER_MAGIC, CGROUP_SUPER_MAGIC,
                                                    DEBUGFS_MAGIC,       TRACEFS_MAGIC};
  struct statfs info {};
  if (statfs(folder.c_str(), &info) != 0) return false;
  const auto type = static_cast<unsigned long>(info.f_type);
  return std::find(kKernel.begin(), kKernel.end(), type) != kKernel.end();
#else
  return false;
#endif
}

class Walker {
 public:
  Walker(std::string root, bool recursive) : root_(std::move(root)), recursive_(recursive) {}

  Walk run() {
    struct stat status {};
    if (stat(root_.c_str(), &status) == 0) list("", status.st_dev);
    keep_interesting(walk_.files);
    std::sort(walk_.files.begin(), walk_.files.end());
    return std::move(walk_);
  }

 private:
  std::string full(const std::string& relative) const {
    if (relative.empty()) return root_;
    return root_.ends_with('/') ? root_ + relative : root_ + "/" + relative;
  }

  void list(const std::string& folder, dev_t device) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator it(full(folder), error), end; !error && it != end;
         it.increment(error)) {
      names.push_back(it->path().filename().string());
    }
    if (error) {
      walk_.unreadable.push_back(full(folder) + ": " + error.message());
      return;
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      visit(folder.empty() ? name : folder + "/" + name, name, device);
    }
  }

  void visit(const std::string& path, const std::string& name, dev_t device) {
    const std::string whole = full(path);
    struct stat own {};
    if (lstat(whole.c_str(), &own) != 0) return;
    struct stat status = own;
    const bool is_link = S_ISLNK(own.st_mode);
    const bool is_broken = is_link && stat(whole.c_str(), &status) != 0;
    if (!is_broken && S_ISDIR(status.st_mode)) {
      if (is_link) {
        note_link(whole);
      } else {
        enter(path, name, own.st_dev, device);
      }
      return;
    }
    if (interest_of(name) == FileInterest::kNone) return;
    if (is_broken) {
      walk_.notes.push_back(whole + ": a broken symlink, passed over");
    } else if (S_ISREG(status.st_mode)) {
      walk_.files.push_back(path);
    }
  }

  void enter(const std::string& path, const std::string& name, dev_t own, dev_t parents) {
    const bool passed_over =
        std::find(kPassedOver.begin(), kPassedOver.end(), name) != kPassedOver.end();
    if (!recursive_ || passed_over) return;
    if (own != parents && is_of_kernel(full(path))) return;
    list(path, own);
  }

  // What lies in the tree is visited in its own place.
  void note_link(const std::string& link) {
    if (!recursive_) return;
    std::error_code error;
    const std::string target = fs::canonical(link, error).string();
    if (error) return;
    const std::string real_link =
        (fs::canonical(fs::path(link).parent_path(), error) / fs::path(link).filename()).string();
    if (below(real_link, target)) {
      walk_.notes.push_back(link + ": a symlink loop, passed over");
    } else if (!below(target, fs::canonical(root_, error).string())) {
      walk_.notes.push_back(link + ": a symlink to a folder elsewhere, not followed");
    }
  }

  std::string root_;
  bool recursive_;
  Walk walk_;
};

std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (slash != 0) parts.push_back(path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return parts;
}

bool component_matches(std::string_view pattern, std::string_view name) {
  return fnmatch(std::string(pattern).c_str(), std::string(name).c_str(), FNM_PERIOD) == 0;
}

bool matches(std::span<const std::string_view> pattern, std::span<const std::string_view> path) {
  // The classic two-pointer walk with one place to fall back to: linear in practice, however many
  // ** there are.
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && component_matches(pattern[p], path[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos && !path[resume].starts_with('.')) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == "**") ++p;
  return p == pattern.size();
}

}  // namespace

FileInterest interest_of(std::string_view file_name) {
  std::string name = lower(file_name);
  if (name == ".kubectl-sts.yaml") return FileInterest::kNone;  // ours, read by lint/config
  if (has_suffix(name, kProgramSuffixes) || has_suffix(name, kLanguageSuffixes)) {
    return FileInterest::kProgram;
  }
  if (name == "kustomization" || has_suffix(name, kManifestSuffixes)) {
    return FileInterest::kManifest;
  }
  for (const std::string_view suffix : kTemplateSuffixes) {
    if (!name.ends_with(suffix)) continue;
    name.resize(name.size() - suffix.size());
    return has_suffix(name, kManifestSuffixes) ? FileInterest::kTemplate : FileInterest::kNone;
  }
  return FileInterest::kNone;
}

void keep_interesting(std::vector<std::string>& paths) {
  const auto name_of = [](const std::string& path) {
    return std::string_view(path).substr(path.rfind('/') + 1);
  };
  std::set<std::string, std::less<>> projects;  // folders, "" for the one that all are relative to
  for (const std::string& path : paths) {
    const std::string name = lower(name_of(path));
    if (std::find(kProjectFiles.begin(), kProjectFiles.end(), name) == kProjectFiles.end()) {
      continue;
    }
    projects.insert(path.substr(0, path.size() - name.size()));
  }
  const auto in_project = [&](const std::string& path) {
    return std::any_of(projects.begin(), projects.end(),
                       [&](const std::string& folder) { return path.starts_with(folder); });
  };
  std::erase_if(paths, [&](const std::string& path) {
    if (interest_of(name_of(path)) == FileInterest::kNone) return true;
    return has_suffix(lower(name_of(path)), kLanguageSuffixes) && !in_project(path);
  });
}

Walk walk_folder(const std::string& folder, bool recursive) {
  return Walker(folder, recursive).run();
}

bool is_glob(std::string_view path) { return path.find_first_of("*?[") != std::string_view::npos; }

bool glob_matches(std::string_view pattern, std::string_view path) {
  return matches(components(pattern), components(path));
}

std::vector<std::string> expand_glob(const std::string& pattern,
                                     const std::string& working_directory) {
  // The part before the first wildcard is a plain folder: only that is walked.
  const std::size_t wildcard = pattern.find_first_of("*?[");
  const std::size_t slash = pattern.rfind('/', wildcard);
  const std::string prefix = slash == std::string::npos ? "" : pattern.substr(0, slash + 1);
  const std::string rest = pattern.substr(prefix.size());
  const std::string base = absolute_path(prefix.empty() ? "." : prefix, working_directory);

  std::vector<std::string> found;
  std::error_code error;
  // Unlike walk_folder, a glob takes any file that it names.
  for (fs::recursive_directory_iterator
           it(base, fs::directory_options::skip_permission_denied, error),
       end;
       !error && it != end; it.increment(error)) {
    const std::string relative = it->path().lexically_relative(base).string();
    if (it->is_directory(error) && it->path().filename() == ".git") it.disable_recursion_pending();
    if (it->is_regular_file(error) && glob_matches(rest, relative))
      found.push_back(prefix + relative);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string absolute_path(const std::string& path, const std::string& working_directory) {
  std::string result = (fs::path(working_directory) / path).lexically_normal().string();
  while (result.size() > 1 && result.ends_with('/')) result.pop_back();
  return result;
}

std::optional<std::string> below(const std::string& path, const std::string& folder) {
  if (path == folder) return "";
  if (folder == "/") return path.substr(1);
  if (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/') {
    return path.substr(folder.size() + 1);
  }
  return std::nullopt;
}

std::string shown_path(const std::string& absolute, const std::string& working_directory,
                       bool relative_up) {
  if (const auto inside = below(absolute, working_directory)) {
    return inside->empty() ? "." : *inside;
  }
  if (!relative_up) return absolute;
  return fs::path(absolute).lexically_relative(working_directory).string();
}

}  // namespace sts::lint
