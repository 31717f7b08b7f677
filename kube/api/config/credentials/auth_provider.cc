#include "kube/api/config/credentials/auth_provider.h"

#include "kube/text/printable.h"

namespace sts::kube {

std::string auth_provider_advice(const std::string& name) {
  if (name == "gcp") {
    return "the auth-provider gcp was removed in Kubernetes 1.26; install "
           "gke-gcloud-auth-plugin, then run: gcloud container clusters get-credentials CLUSTER";
  }
  if (name == "azure") {
    return "the auth-provider azure was removed in Kubernetes 1.26; install kubelogin, then run: "
           "kubelogin convert-kubeconfig";
  }
  if (name == "oidc") {
    return "the auth-provider oidc is not supported here; use an exec plugin such as kubelogin "
           "(kubectl oidc-login), or give --token";
  }
  return "there is no auth-provider \"" + printable(name) +
         "\"; use an exec plugin, or give --token";
}

}  // namespace sts::kube
