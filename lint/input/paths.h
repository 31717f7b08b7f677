#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// A folder walk reads these: .yaml, .yml, .json, a bare Kustomization; templates of such files
/// (.yaml.j2, .yml.tmpl …), whose being there keeps what they may bring from being proven absent;
/// and sources of programs that may make objects, whose text is searched for names: Terraform,
/// Jsonnet, CUE and their like, and the languages of Pulumi and cdk8s.
enum class FileInterest : unsigned char { kNone, kManifest, kTemplate, kProgram };
FileInterest interest_of(std::string_view file_name);

/// Leaves out paths of no interest, and sources in languages of general use (.go, .ts …) that no
/// Pulumi or cdk8s project above them takes in: a repository is full of them. All paths of a tree
/// are to be given, and relative to one folder.
void keep_interesting(std::vector<std::string>& paths);

/// What a walk of one folder gave. Paths are relative to it, sorted.
struct Walk {
  std::vector<std::string> files;       // of any interest but kNone
  std::vector<std::string> unreadable;  // folders that could not be listed, with the reason
  std::vector<std::string> notes;       // symlinks that lead up or out, broken symlinks
};

/// Symlinks to folders are not followed, as in kubectl (filepath.Walk in k8s.io/cli-runtime
/// pkg/resource/visitor.go) and git; symlinks to files are. Version control and vendored package
/// folders are passed over, and what the kernel makes up (/proc, /sys) too.
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
