#pragma once

#include <string>
#include <utility>
#include <vector>

namespace sts::kube {

/// What kubectl's connection flags say (cli-runtime v0.37, genericclioptions/config_flags.go). As
/// there, empty is the same as not given.
struct Overrides {
  std::string kubeconfig{};  // --kubeconfig
  std::string context{};
  std::string cluster{};
  std::string user{};
  std::string name_space{};
  std::string server{};
  std::string token{};     // secret
  std::string username{};  // secret
  std::string password{};  // secret
  std::string as{};
  std::string as_uid{};
  std::vector<std::string> as_groups{};
  std::vector<std::pair<std::string, std::vector<std::string>>> as_user_extra{};
  std::string certificate_authority{};
  std::string client_certificate{};
  std::string client_key{};
  bool insecure_skip_tls_verify = false;
  std::string tls_server_name{};
  std::string proxy_url{};
  bool disable_compression = false;
  std::string request_timeout{};
};

}  // namespace sts::kube
