#pragma once

#include <string>

namespace sts::kube {

/// Go's filepath.Clean: without empty, `.` and superfluous `..` steps; "." for nothing at all.
std::string clean_path(const std::string& path);

/// filepath.Join(folder, path) where `path` is relative; an absolute or empty one as it is.
std::string absolute_path(const std::string& folder, const std::string& path);

/// The folder that a file is in, absolute.
std::string folder_of(const std::string& working_directory, const std::string& file);

}  // namespace sts::kube
