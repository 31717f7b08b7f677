#pragma once

#include <string>

namespace sts::kube {

/// Why a kubeconfig's `auth-provider` is not used, and what to use instead. client-go v0.37 has
/// only oidc left (plugin/pkg/client/auth).
std::string auth_provider_advice(const std::string& name);

}  // namespace sts::kube
