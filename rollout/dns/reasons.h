#pragma once

#include "kube/semantics/dns_name.h"
#include "rollout/dns/dns.h"

#include <string>

namespace sts::rollout {

/// Fills reason, why and way_out of a pod's name under the governing Service that does not resolve.
void explain_pod(const DnsSnapshot& snapshot, std::int64_t ordinal, NameVerdict& verdict);

/// The same for any name of a Service or under one. `name` has a namespace.
void explain_name(const DnsSnapshot& snapshot, const kube::ServiceDnsName& name,
                  NameVerdict& verdict);

const kube::Service* find_service(const DnsSnapshot& snapshot, std::string_view name_space,
                                  std::string_view name);

}  // namespace sts::rollout
