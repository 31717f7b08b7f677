#include "kube/api/config/load.h"

#include "kube/api/config/paths.h"

#include <algorithm>

namespace sts::kube {
namespace {

std::vector<std::string> split_list(const std::string& list) {
  std::vector<std::string> files;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(':', at), list.size());
    const std::string file = list.substr(at, end - at);
    if (!file.empty() && std::find(files.begin(), files.end(), file) == files.end()) {
      files.push_back(file);
    }
    at = end + 1;
  }
  return files;
}

std::vector<std::string> files_to_read(const std::string& explicit_path,
                                       const Environment& environment) {
  if (!explicit_path.empty()) return {explicit_path};
  const std::string list = variable(environment, "KUBECONFIG");
  if (!list.empty()) return split_list(list);
  const std::string home = variable(environment, "HOME");
  return {home.empty() ? ".kube/config" : clean_path(home + "/.kube/config")};
}

}  // namespace

Result<LoadedKubeconfig> load_kubeconfig(const std::string& explicit_path,
                                         const Surroundings& surroundings) {
  LoadedKubeconfig loaded;
  for (const std::string& file : files_to_read(explicit_path, surroundings.environment)) {
    auto bytes = surroundings.read_file(absolute_path(surroundings.working_directory, file));
    if (!bytes && bytes.error().missing && explicit_path.empty()) {
      loaded.missing.push_back(file);
      continue;
    }
    if (!bytes) {
      return fail((explicit_path.empty() ? "kubeconfig " : "--kubeconfig ") + file + ": " +
                  bytes.error().why);
    }
    auto config =
        parse_kubeconfig(file, std::move(*bytes), folder_of(surroundings.working_directory, file));
    if (!config) return fail(config.error().message);
    merge_kubeconfig(loaded.config, std::move(*config));
    loaded.read.push_back(file);
  }
  return loaded;
}

}  // namespace sts::kube
