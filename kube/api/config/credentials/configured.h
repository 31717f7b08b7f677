#pragma once

#include "kube/api/config/kubeconfig.h"
#include "kube/api/config/surroundings.h"
#include "kube/api/connection.h"

#include <memory>

namespace sts::kube {

/// What a kubeconfig's user itself holds or has in files: a token, a user name and password, a
/// client certificate. Files with certificates are read again after five minutes and after a 401
/// (client-go v0.37, transport/cert_rotation.go). `user` has passed select(); an empty one is
/// nobody: requests are anonymous.
Result<std::shared_ptr<Credentials>> configured_credentials(const Kubeconfig::User& user,
                                                            const Surroundings& surroundings);

}  // namespace sts::kube
