#include "kube/api/config/paths.h"

#include <algorithm>
#include <vector>

namespace sts::kube {

std::string clean_path(const std::string& path) {
  const bool rooted = path.starts_with('/');
  std::vector<std::string> steps;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string step = path.substr(at, end - at);
    at = end + 1;
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      if (!steps.empty() && steps.back() != "..") {
        steps.pop_back();
        continue;
      }
      if (rooted) continue;
    }
    steps.push_back(step);
  }
  std::string result = rooted ? "/" : "";
  for (const std::string& step : steps) {
    if (!result.empty() && result.back() != '/') result += '/';
    result += step;
  }
  return result.empty() ? "." : result;
}

std::string absolute_path(const std::string& folder, const std::string& path) {
  if (path.empty() || path.front() == '/') return path;
  return clean_path(folder + "/" + path);
}

std::string folder_of(const std::string& working_directory, const std::string& file) {
  const std::size_t slash = file.rfind('/');
  if (slash == std::string::npos) return clean_path(working_directory);
  const std::string folder = file.substr(0, slash + 1);
  return clean_path(folder.front() == '/' ? folder : working_directory + "/" + folder);
}

}  // namespace sts::kube
