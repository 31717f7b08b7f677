#pragma once

#include "kube/result.h"
#include "kube/semantics/version.h"

#include <optional>
#include <string>

namespace sts::lint {

/// What .kubectl-sts.yaml says. The file also marks the root of a project.
struct Config {
  std::optional<std::string> cluster_domain;        // clusterDomain
  std::optional<kube::Version> kubernetes_version;  // kubernetesVersion
  std::optional<std::string> ambient_namespace;     // namespace
};

/// Reads a configuration. `name` is how the file is shown; an error is one line
/// `name:line:col: what is wrong`. An empty file is an empty configuration.
Result<Config> parse_config(const std::string& name, const std::string& bytes);

}  // namespace sts::lint
