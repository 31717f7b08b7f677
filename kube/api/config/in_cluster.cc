#include "kube/api/config/in_cluster.h"

#include "kube/api/config/credentials/authorization.h"

namespace sts::kube {
namespace {

const std::string kFolder = "/var/run/secrets/kubernetes.io/serviceaccount/";

}  // namespace

bool in_cluster(const Surroundings& surroundings) {
  return !variable(surroundings.environment, "KUBERNETES_SERVICE_HOST").empty() &&
         !variable(surroundings.environment, "KUBERNETES_SERVICE_PORT").empty() &&
         surroundings.read_file(kFolder + "token").has_value();
}

Kubeconfig::Cluster in_cluster_server(const Overrides& flags, const Surroundings& surroundings) {
  Kubeconfig::Cluster cluster;
  const std::string host = variable(surroundings.environment, "KUBERNETES_SERVICE_HOST");
  const bool v6 = host.find(':') != std::string::npos;
  cluster.server = "https://" + (v6 ? "[" + host + "]" : host) + ":" +
                   variable(surroundings.environment, "KUBERNETES_SERVICE_PORT");
  // Without a usable file the system's trust counts, as in client-go.
  const auto ca = surroundings.read_file(kFolder + "ca.crt");
  if (ca && is_certificate(*ca)) cluster.certificate_authority_data = *ca;
  if (!flags.certificate_authority.empty()) {
    cluster.certificate_authority = flags.certificate_authority;
    cluster.certificate_authority_data.clear();
  }
  return cluster;
}

Kubeconfig::User in_cluster_user(const Overrides& flags) {
  Kubeconfig::User user;
  if (flags.token.empty()) {
    user.token_file = kFolder + "token";
  } else {
    user.token = flags.token;
  }
  return user;
}

std::string in_cluster_namespace(const Surroundings& surroundings) {
  const std::string pod = variable(surroundings.environment, "POD_NAMESPACE");
  if (!pod.empty()) return pod;
  const auto file = surroundings.read_file(kFolder + "namespace");
  if (!file) return "default";
  const std::size_t begin = file->find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "default";
  return file->substr(begin, file->find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace sts::kube
