#include "lint/index/missing_paths.h"

#include "kube/object/placeholder.h"
#include "lint/index/kustomization_reader.h"
#include "lint/index/paths.h"
#include "lint/model/near_miss.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace sts::lint {
namespace {

bool holds_any(const Paths& paths, std::string_view folder) {
  if (folder.empty()) return !paths.empty();
  const std::string prefix = std::string(folder) + '/';
  const auto at = paths.lower_bound(prefix);
  return at != paths.end() && at->starts_with(prefix);
}

bool is_manifest(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

// Files and folders of one folder, by name.
std::vector<std::string_view> names_in(const Paths& paths, std::string_view folder) {
  const std::string prefix = folder.empty() ? "" : std::string(folder) + '/';
  std::vector<std::string_view> names;
  for (auto at = paths.lower_bound(prefix); at != paths.end() && at->starts_with(prefix); ++at) {
    const std::string_view rest = std::string_view(*at).substr(prefix.size());
    const std::string_view name = rest.substr(0, rest.find('/'));
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

// As it would be written instead.
std::string like_name(const std::string& written, std::string_view path, const Paths& paths) {
  const std::vector<std::string_view> names = names_in(paths, folder_of(path));
  const auto best = nearest(file_name_of(path), names);
  if (!best) return {};
  const std::size_t end = written.find_last_not_of('/') + 1;
  const std::size_t slash = written.substr(0, end).rfind('/');
  const std::string head = slash == std::string::npos ? "" : written.substr(0, slash + 1);
  return head + std::string(names[*best]);
}

}  // namespace

std::vector<MissingPath> missing_paths_of(const std::deque<Kustomization>& kustomizations,
                                          const Paths& paths) {
  std::vector<MissingPath> missing;
  for (const Kustomization& each : kustomizations) {
    for (kube::Value item : taken_in(each.root)) {
      const std::string written(item.text());
      const bool local =
          std::find(each.remote.begin(), each.remote.end(), written) != each.remote.end() &&
          !is_remote(written) && !kube::has_placeholder(written, false);
      if (!local) continue;
      const std::string path = resolve_path(each.folder, written);
      const std::string_view name = file_name_of(path);
      const bool is_folder = name.find('.') == std::string_view::npos;
      if (path.empty() || path.starts_with("..") || (!is_folder && !is_manifest(name)) ||
          holds_any(paths, path) || !holds_any(paths, folder_of(path))) {
        continue;
      }
      missing.push_back({item, written, like_name(written, path, paths)});
    }
  }
  return missing;
}

}  // namespace sts::lint
