#pragma once

#include "kube/semantics/version.h"

#include <optional>
#include <string>
#include <vector>

namespace sts::lint {

/// What is thought of a project: does it hold everything that will run beside its objects?
enum class Completeness { kAuto, kComplete, kPartial };

/// What the rules may depend on, from flags and .kubectl-sts.yaml.
struct Options {
  std::string cluster_domain = "cluster.local";
  kube::Version kubernetes_version = kube::kNewestKnown;
  /// The namespace that `kubectl -n` would apply to objects that name none.
  std::optional<std::string> ambient_namespace;
  Completeness assume = Completeness::kAuto;
  /// Ids of opt-in rules that are switched on.
  std::vector<std::string> enabled;
};

}  // namespace sts::lint
