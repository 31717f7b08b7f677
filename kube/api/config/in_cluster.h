#pragma once

#include "kube/api/config/kubeconfig.h"
#include "kube/api/config/overrides.h"
#include "kube/api/config/surroundings.h"

#include <string>

namespace sts::kube {

/// A pod with a service account (client-go v0.37, clientcmd/client_config.go, Possible).
bool in_cluster(const Surroundings& surroundings);

/// The server and user that the kubelet gives to a pod (rest/config.go, InClusterConfig); of the
/// flags --token and --certificate-authority count. Only where in_cluster().
Kubeconfig::Cluster in_cluster_server(const Overrides& flags, const Surroundings& surroundings);
Kubeconfig::User in_cluster_user(const Overrides& flags);

/// POD_NAMESPACE, else the service account's namespace, else "default".
std::string in_cluster_namespace(const Surroundings& surroundings);

}  // namespace sts::kube
