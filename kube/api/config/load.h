#pragma once

#include "kube/api/config/kubeconfig.h"
#include "kube/api/config/surroundings.h"

#include <string>
#include <vector>

namespace sts::kube {

struct LoadedKubeconfig {
  Kubeconfig config;
  std::vector<std::string> read;     // as they were named
  std::vector<std::string> missing;  // looked for, not there
};

/// Reads and merges what client-go's loading rules name (clientcmd/loader.go): `explicit_path`
/// alone, which must be there; else the list in KUBECONFIG; else ~/.kube/config. A file that cannot
/// be read is an error, one that is missing from the list is not.
Result<LoadedKubeconfig> load_kubeconfig(const std::string& explicit_path,
                                         const Surroundings& surroundings);

}  // namespace sts::kube
