#pragma once

#include "rollout/dns/dns.h"
#include "rollout/status/testing.h"

#include <string>

namespace sts::rollout::testing {

/// The governing Service "web" of shop/web: headless.
inline kube::Service governing_service() {
  kube::Service service;
  service.meta.name = "web";
  service.meta.name_space = "shop";
  service.cluster_ips = {"None"};
  service.ip_families = {"IPv4"};
  service.selector = {{"app", "web"}};
  return service;
}

/// What the endpointslice controller makes of a Service and pods that it selects (podToEndpoint,
/// ShouldPodBeInEndpoints and ShouldSetHostname, k8s.io/endpointslice 0.34).
inline kube::EndpointSlice slice_for(const kube::Service& service,
                                     const std::vector<kube::Pod>& pods) {
  kube::EndpointSlice slice;
  slice.meta.name_space = service.meta.name_space;
  slice.service = service.meta.name;
  slice.address_type = "IPv4";
  for (const kube::Pod& pod : pods) {
    if (pod.ips.empty() || !kube::mismatching_key(service.selector, pod.meta.labels).empty()) {
      continue;
    }
    kube::Endpoint endpoint;
    endpoint.addresses = {pod.ips.front()};
    if (pod.subdomain == service.meta.name) endpoint.hostname = pod.hostname;
    endpoint.ready = service.publish_not_ready_addresses || (pod.ready() && !pod.terminating());
    slice.endpoints.push_back(std::move(endpoint));
  }
  return slice;
}

/// shop/web with its Service, all of `replicas` pods Ready and in a slice.
inline DnsSnapshot dns_snapshot_of(std::int64_t replicas) {
  DnsSnapshot snapshot;
  snapshot.set = set_of(replicas);
  snapshot.set.template_labels = {{"app", "web"}};
  for (std::int64_t i = 0; i < replicas; ++i) snapshot.pods.push_back(pod_of(i));
  snapshot.services = {governing_service()};
  snapshot.slices = {slice_for(snapshot.services[0], snapshot.pods)};
  return snapshot;
}

/// Makes the slices again, after pods or Services were changed.
inline void update_slices(DnsSnapshot& snapshot) {
  snapshot.slices.clear();
  for (const kube::Service& service : snapshot.services) {
    if (!service.external() && !service.selector.empty()) {
      snapshot.slices.push_back(slice_for(service, snapshot.pods));
    }
  }
}

/// "web-0… [not-ready] why > way out", or its addresses.
inline std::string shown(const NameVerdict& verdict) {
  if (!verdict.resolves) {
    return "[" + std::string(to_string(verdict.reason)) + "] " + verdict.why + " > " +
           verdict.way_out;
  }
  std::string out;
  for (const std::string& address : verdict.addresses) out += (out.empty() ? "" : " ") + address;
  return verdict.alias.empty() ? out : out + "alias of " + verdict.alias;
}

}  // namespace sts::rollout::testing
