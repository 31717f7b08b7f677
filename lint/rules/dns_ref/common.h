#pragma once

#include "lint/hosts/host_sites.h"
#include "lint/hosts/known_labels.h"
#include "lint/hosts/script_hosts.h"
#include "lint/model/workload.h"

#include <string>
#include <string_view>

namespace sts::lint::dns_ref {

/// Calls visit(host) for every pod's host of an object, those that its scripts put together too. A
/// visit that returns true has reported: other names for the same place are then left out.
template <typename Visit>
void each_pod_host(const Object& object, const RuleContext& context, const Visit& visit) {
  for (const PodHost& host : context.index.derived<PodHosts>().of(object)) visit(host);
  if (!pod_template(object)) return;
  const ScriptPodHosts put_together = script_pod_hosts(object, context);
  const HostSite* reported = nullptr;
  for (const PodHost& host : put_together.hosts) {
    const bool again = reported != nullptr && reported->scalar == host.site->scalar &&
                       reported->host.begin == host.site->host.begin;
    if (!again && visit(host)) reported = host.site;
  }
}

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
