#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace sts::lint {

/// Project paths: relative to the root, '/'-separated, normalised; the root's own folder is "".

/// "a/b.yaml" -> "a"; "b.yaml" -> "".
std::string_view folder_of(std::string_view path);

/// "a/b.yaml" -> "b.yaml".
std::string_view file_name_of(std::string_view path);

/// `relative` as written in a file of `folder`, normalised. A path that leaves the project keeps
/// its leading "..".
std::string resolve_path(std::string_view folder, std::string_view relative);

/// `inner` is `outer` or lies below it. The root holds everything.
bool folder_holds(std::string_view outer, std::string_view inner);

/// The deepest folder that holds both.
std::string_view common_folder(std::string_view a, std::string_view b);

/// Steps up from one folder to the common one, then down to the other; (0, 0) within one folder.
std::pair<int, int> folder_distance(std::string_view from, std::string_view to);

}  // namespace sts::lint
