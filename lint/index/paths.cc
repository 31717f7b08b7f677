#include "lint/index/paths.h"

#include <algorithm>
#include <vector>

namespace sts::lint {
namespace {

int depth(std::string_view folder) {
  if (folder.empty()) return 0;
  return 1 + static_cast<int>(std::count(folder.begin(), folder.end(), '/'));
}

void add_steps(std::string_view path, std::vector<std::string_view>& steps) {
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view step = path.substr(0, slash);
    if (step == ".." && !steps.empty() && steps.back() != "..") {
      steps.pop_back();
    } else if (!step.empty() && step != ".") {
      steps.push_back(step);
    }
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
}

}  // namespace

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view file_name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string resolve_path(std::string_view folder, std::string_view relative) {
  std::vector<std::string_view> steps;
  add_steps(folder, steps);
  add_steps(relative, steps);
  std::string path;
  for (const std::string_view step : steps) {
    if (!path.empty()) path += '/';
    path += step;
  }
  return path;
}

bool folder_holds(std::string_view outer, std::string_view inner) {
  if (outer.empty()) return true;
  return inner.substr(0, outer.size()) == outer &&
         (inner.size() == outer.size() || inner[outer.size()] == '/');
}

std::string_view common_folder(std::string_view a, std::string_view b) {
  while (!folder_holds(a, b)) a = folder_of(a);
  return a;
}

std::pair<int, int> folder_distance(std::string_view from, std::string_view to) {
  const int shared = depth(common_folder(from, to));
  return {depth(from) - shared, depth(to) - shared};
}

}  // namespace sts::lint
