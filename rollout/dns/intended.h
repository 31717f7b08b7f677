#pragma once

#include "kube/semantics/dns_name.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sts::rollout {

/// What whoever wrote these labels means by them: `db.prod.svc…` and `db-0.db.prod.svc…` say it,
/// `web-0.nginx` and `web-0.nginx.shop` are short for a pod. The namespace is filled in. Nothing
/// for other shapes. domain_labels is 0 where no domain is written.
std::optional<kube::ServiceDnsName> intended_name(std::span<const std::string_view> labels,
                                                  std::string_view name_space);

/// The absolute name of it.
std::string full_name(const kube::ServiceDnsName& name, std::string_view cluster_domain);

}  // namespace sts::rollout
