#pragma once

#include "lint/hosts/host_sites.h"
#include "lint/hosts/known_labels.h"
#include "lint/rules/shape/common.h"

#include <string>
#include <string_view>

namespace sts::lint::dns_ref {

using shape::quoted;
using shape::title;

/// "db-0.db-headless.prod.svc.cluster.local": the name that the pod has, as short as the written
/// one allows (the namespace where it was written, the domain where `svc` was).
std::string right_name(const PodHost& host, std::string_view service, const RuleContext& context);

/// The namespace that a pod which reads the name means by it; "" where nobody knows.
std::string_view meant_namespace(const PodHost& host, const Object& object);

/// What the file says of the set's serviceName is what will run.
bool governing_name_known(const Object& set);

/// Names in a certificate's list are not connected to.
inline bool for_certificate(const PodHost& host) { return names_certificate(host.site->key); }

}  // namespace sts::lint::dns_ref
