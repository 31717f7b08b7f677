#include "lint/input/paths.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fnmatch.h>
#include <set>
#include <span>
#include <sys/stat.h>
#include <utility>

namespace sts::lint {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kManifestSuffixes = {".yaml", ".yml", ".json"};
constexpr std::array<std::string_view, 9> kTemplateSuffixes = {
    ".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".gotmpl", ".erb", ".template", ".in"};
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

class Walker {
 public:
  Walker(std::string root, bool recursive) : root_(std::move(root)), recursive_(recursive) {}

  Walk run() {
    enter("");
    std::sort(walk_.files.begin(), walk_.files.end());
    return std::move(walk_);
  }

 private:
  using Identity = std::pair<dev_t, ino_t>;

  std::string full(const std::string& relative) const {
    return relative.empty() ? root_ : root_ + "/" + relative;
  }

  void enter(const std::string& folder) {
    struct stat status {};
    if (stat(full(folder).c_str(), &status) != 0) return;
    const Identity identity{status.st_dev, status.st_ino};
    // A folder inside itself can only come from a symlink.
    if (!open_.insert(identity).second) {
      walk_.notes.push_back(full(folder) + ": a symlink loop, passed over");
      return;
    }
    list(folder);
    open_.erase(identity);
  }

  void list(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator it(full(folder), error), end; !error && it != end;
         it.increment(error)) {
      names.push_back(it->path().filename().string());
    }
    if (error) {
      walk_.unreadable.push_back((folder.empty() ? root_ : full(folder)) + ": " + error.message());
      return;
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      visit(folder.empty() ? name : folder + "/" + name, name);
    }
  }

  void visit(const std::string& path, const std::string& name) {
    std::error_code error;
    const fs::file_status status = fs::status(full(path), error);
    if (fs::is_directory(status)) {
      const bool passed_over =
          std::find(kPassedOver.begin(), kPassedOver.end(), name) != kPassedOver.end();
      // What the kernel makes up has no end.
      const std::string whole = full(path);
      const bool kernel = whole == "//proc" || whole == "//sys" || whole == "//dev";
      if (recursive_ && !passed_over && !kernel) enter(path);
      return;
    }
    if (interest_of(name) == FileInterest::kNone) return;
    if (!fs::exists(status)) {
      walk_.notes.push_back(full(path) + ": a broken symlink, passed over");
    } else if (fs::is_regular_file(status)) {
      walk_.files.push_back(path);
    }
  }

  std::string root_;
  bool recursive_;
  Walk walk_;
  std::set<Identity> open_;
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
