#pragma once

#include "kube/result.h"

#include <chrono>
#include <optional>
#include <string>

namespace sts::kube {

/// What an exec plugin is told of the cluster where provideClusterInfo asks for it.
struct ExecCluster {
  std::string server;
  std::string tls_server_name;
  bool insecure_skip_tls_verify = false;
  std::string ca_pem;
  std::string proxy_url;
  bool disable_compression = false;
  std::string config;  // JSON, or empty
};

/// The value of KUBERNETES_EXEC_INFO, an ExecCredential as JSON. client.authentication.k8s.io/v1
/// and v1beta1 are alike (client-go v0.37, pkg/apis/clientauthentication).
std::string exec_info(const std::string& api_version, bool interactive,
                      const std::optional<ExecCluster>& cluster);

/// What a plugin printed. All but the expiry is secret.
struct ExecCredential {
  std::string token;  // or empty
  std::string certificate_pem;
  std::string key_pem;  // both or none
  std::optional<std::chrono::sys_seconds> expires;
};

/// Reads a plugin's output, JSON or YAML, of exactly this version. Errors say what is wrong with it
/// and quote nothing of it.
Result<ExecCredential> read_exec_credential(std::string output, const std::string& api_version);

}  // namespace sts::kube
