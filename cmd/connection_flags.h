#pragma once

#include "kube/api/config/overrides.h"
#include "kube/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sts::cmd {

class CommandFlags;

/// The flags with which kubectl's users say where they go and who they are (kubectl 1.37;
/// cli-runtime, genericclioptions/config_flags.go). kubectl hands none of its own to a plugin, so
/// every command that reads a cluster has them.
class ConnectionFlags {
 public:
  /// The heading that they stand under in CommandFlags::help_of().
  static constexpr const char* kHeading = "Connection";

  /// Must outlive `flags`' parsing.
  void add_to(CommandFlags& flags);

  /// After parsing. Values of one flag by itself are judged here, all others by find_target().
  Result<kube::Overrides> overrides() const;

 private:
  std::optional<std::string> kubeconfig_;
  std::optional<std::string> context_;
  std::optional<std::string> cluster_;
  std::optional<std::string> user_;
  std::optional<std::string> name_space_;
  std::optional<std::string> server_;
  std::optional<std::string> token_;
  std::optional<std::string> username_;
  std::optional<std::string> password_;
  std::optional<std::string> as_;
  std::optional<std::string> as_uid_;
  std::vector<std::string> as_groups_;
  std::vector<std::string> as_user_extra_;
  std::optional<std::string> certificate_authority_;
  std::optional<std::string> client_certificate_;
  std::optional<std::string> client_key_;
  bool insecure_skip_tls_verify_ = false;
  std::optional<std::string> tls_server_name_;
  std::optional<std::string> proxy_url_;
  bool disable_compression_ = false;
  std::optional<std::string> request_timeout_;
  std::optional<std::string> cache_dir_;
};

}  // namespace sts::cmd
