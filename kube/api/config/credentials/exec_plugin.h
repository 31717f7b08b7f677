#pragma once

#include "kube/api/config/credentials/exec_credential.h"
#include "kube/api/config/kubeconfig.h"
#include "kube/api/config/surroundings.h"
#include "kube/api/connection.h"

#include <memory>
#include <string>

namespace sts::kube {

/// Runs a credential plugin when an identity is first asked for, when it has expired, and after a
/// 401 (client-go v0.37, plugin/pkg/client/auth/exec/exec.go). `user_name` is for messages;
/// `cluster` is told to the plugin where it asks for that. `exec` has passed select(). What the
/// plugin prints is nowhere but in the identity.
std::shared_ptr<Credentials> exec_credentials(std::string user_name, Kubeconfig::Exec exec,
                                              ExecCluster cluster, Surroundings surroundings);

/// Go's exec.LookPath: a command with a slash is a path, others are looked for in PATH, where
/// relative folders do not count. Empty: not found.
std::string find_command(const std::string& command, const Surroundings& surroundings);

}  // namespace sts::kube
