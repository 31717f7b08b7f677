#pragma once

#include "kube/resources/config_map.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sts::rollout {

/// The cluster's DNS domain and how it is known.
struct ClusterDomain {
  enum class Source : std::uint8_t { kFlag, kCorefile, kDefault };

  std::string name = "cluster.local";
  Source source = Source::kDefault;
};

/// "--cluster-domain", "ConfigMap kube-system/coredns", "default".
std::string_view to_string(ClusterDomain::Source source);

/// The first zone of the `kubernetes` plugin in a Corefile that is not for reverse lookups; nothing
/// where there is none.
std::optional<std::string> corefile_domain(std::string_view corefile);

/// A flag wins, then what CoreDNS is configured with, then the default.
ClusterDomain cluster_domain(const std::optional<std::string>& flag,
                             const std::optional<kube::ConfigMap>& coredns);

}  // namespace sts::rollout
