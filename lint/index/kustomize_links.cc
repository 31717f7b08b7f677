#include "lint/index/kustomize_links.h"

#include "lint/index/kustomization_reader.h"
#include "lint/index/paths.h"

#include <algorithm>
#include <unordered_map>

namespace sts::lint {

void link_kustomizations(std::deque<Kustomization>& all, const Paths& paths) {
  std::unordered_map<std::string_view, const Kustomization*> by_folder;
  for (const Kustomization& each : all) by_folder.emplace(each.folder, &each);

  for (Kustomization& each : all) {
    for (const kube::Value item : taken_in(each.root)) {
      const std::string written(item.text());
      const std::string path = resolve_path(each.folder, written);
      const auto folder = by_folder.find(is_kustomization_path(path) ? folder_of(path) : path);
      if (!is_remote(written) && folder != by_folder.end()) {
        if (folder->second != &each) each.bases.push_back(folder->second);
      } else if (!is_remote(written) && paths.contains(path)) {
        each.resources.push_back(path);
      } else {
        each.remote.push_back(written);
      }
    }
    each.opaque = each.opaque || !each.remote.empty();
  }
}

}  // namespace sts::lint
