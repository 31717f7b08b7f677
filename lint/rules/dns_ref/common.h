#pragma once

#include "lint/hosts/host_sites.h"
#include "lint/rules/shape/common.h"

#include <string>
#include <string_view>

namespace sts::lint::dns_ref {

using shape::quoted;
using shape::title;

/// "db-0.db-headless.prod.svc.cluster.local": the name that the pod has, as short as the written
/// one allows (the namespace where it was written, the domain where `svc` was).
std::string right_name(const PodHost& host, std::string_view service, const RuleContext& context);

/// What the file says of the set's serviceName is what will run.
bool governing_name_known(const Object& set);

/// Some object of the project is in this namespace, or is it.
bool project_has(std::string_view name_space, const Index& index);

/// Names in a certificate's list are not connected to.
inline bool for_certificate(const PodHost& host) { return names_certificate(host.site->key); }

}  // namespace sts::lint::dns_ref
