#pragma once

#include "kube/api/client.h"
#include "rollout/dns/dns.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout {

/// Reads one set and what the names of its pods, and those in its configuration, come from. The
/// set, its pods, the Services and EndpointSlices of its namespace have to be readable; ConfigMaps
/// and other namespaces are left out where they are not, and the snapshot says so. `domain_flag` is
/// --cluster-domain: with it CoreDNS's ConfigMap is not asked for.
kube::ApiResult<DnsSnapshot> gather_dns(kube::Client& client, std::string_view name_space,
                                        std::string_view name,
                                        const std::optional<std::string>& domain_flag);

/// The names of all sets of a namespace.
kube::ApiResult<std::vector<std::string>> set_names(kube::Client& client,
                                                    std::string_view name_space);

}  // namespace sts::rollout
