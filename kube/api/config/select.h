#pragma once

#include "kube/api/config/kubeconfig.h"
#include "kube/api/config/overrides.h"

#include <string>

namespace sts::kube {

/// The context, cluster and user that count, with the flags' values in them.
struct Selection {
  std::string context_name;  // "" where none is chosen
  std::string cluster_name;
  std::string user_name;
  Kubeconfig::Cluster cluster;
  Kubeconfig::User user;
  std::string name_space;  // of -n or the context; or ""
};

/// Follows client-go's DirectClientConfig (clientcmd/client_config.go and validation.go, v0.37),
/// but for this: a context that names a cluster or user which is not there is an error, where
/// client-go goes to localhost:8080 or asks for a user name. `default_server` is for where nothing
/// names one. Paths in flags must be absolute already.
Result<Selection> select(const Kubeconfig& config, const Overrides& flags,
                         const std::string& default_server);

}  // namespace sts::kube
