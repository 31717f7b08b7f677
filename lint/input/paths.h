#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// A folder walk reads these: .yaml, .yml, .json, a bare Kustomization, and templates of such files
/// (.yaml.j2, .yml.tmpl …), whose being there keeps what they may bring from being proven absent.
enum class FileInterest : unsigned char { kNone, kManifest, kTemplate };
FileInterest interest_of(std::string_view file_name);

/// What a walk of one folder gave. Paths are relative to it, sorted.
struct Walk {
  std::vector<std::string> files;       // of any interest but kNone
  std::vector<std::string> unreadable;  // folders that could not be listed, with the reason
  std::vector<std::string> notes;       // symlink loops, broken symlinks
};

/// Without following a symlink into a folder that is already being walked; version control and
/// vendored package folders are passed over.
Walk walk_folder(const std::string& folder, bool recursive);

/// The pattern holds *, ? or [.
bool is_glob(std::string_view path);

/// Files that a pattern names: *, ? and [] within one path component, ** across any number.
/// Sorted; relative patterns are taken from `working_directory`, and the paths are given as the
/// pattern is (relative or absolute). Hidden files only where the pattern names the dot.
std::vector<std::string> expand_glob(const std::string& pattern,
                                     const std::string& working_directory);

/// The same match for paths that come from a list (the git index).
bool glob_matches(std::string_view pattern, std::string_view path);

/// `path` without "." and "..", made absolute from `working_directory`. No symlink is resolved.
std::string absolute_path(const std::string& path, const std::string& working_directory);

/// How an absolute path is shown: relative to the working directory, with ../ where `relative_up`,
/// else absolute when it lies outside.
std::string shown_path(const std::string& absolute, const std::string& working_directory,
                       bool relative_up);

/// `path` below `folder` ("" for the folder itself), or nothing when it lies elsewhere.
std::optional<std::string> below(const std::string& path, const std::string& folder);

}  // namespace sts::lint
