#pragma once

#include "kube/api/config/overrides.h"
#include "kube/api/errors.h"
#include "kube/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace sts::kube {
class Client;
}

namespace sts::cmd {

/// The cluster that a command talks to, until it is destroyed: signals are read by its loop.
class Cluster {
 public:
  /// Reads the kubeconfig and makes ready; nothing is sent yet.
  static Result<std::unique_ptr<Cluster>> open(const kube::Overrides& overrides);
  ~Cluster();

  kube::Client& client();
  /// The flag's, else the context's, else "default".
  const std::string& name_space() const;

 private:
  struct Parts;
  explicit Cluster(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Writes an API error to stderr, in kubectl's words and with the next step. Returns the exit code:
/// 1, or 128 and the signal where the user interrupted.
int report_api_error(Cluster& cluster, const kube::ApiError& error);

/// "web" of "web", "sts/web", "statefulset/web" or "statefulsets.apps/web", as kubectl takes it.
Result<std::string> set_name(std::string_view argument);

}  // namespace sts::cmd
