#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Names of the cluster's DNS (kubernetes/dns docs/specification.md, 1.1.0), and how a pod's
// resolver comes from what is written to what is asked. Nothing is looked up. No name here has a
// final dot.
namespace sts::kube {

/// kubelet's ndots for dnsPolicy ClusterFirst (pkg/kubelet/network/dns/dns.go, defaultDNSOptions,
/// 1.34).
inline constexpr std::size_t kDefaultNdots = 5;

/// A Service's name or one under it, taken apart. Parts that are not written are "".
struct ServiceDnsName {
  std::string_view port;      // "client" of _client._tcp.db.prod.svc
  std::string_view protocol;  // "tcp"
  std::string_view hostname;  // a pod's, as an endpoint of the Service
  std::string_view service;
  std::string_view name_space;    // "": the search list brings the asking pod's own
  std::size_t domain_labels = 0;  // of the cluster domain, at the end; 0: the search list's
};

/// The labels of a name: "db-0", "db".
std::vector<std::string_view> dns_labels(std::string_view name);

/// Every way in which the search list of a pod makes `labels` a name of a Service, in the order in
/// which its resolver tries them; the last ones are absolute. Empty for what can be none.
/// `final_dot` leaves out the search list.
std::vector<ServiceDnsName> service_dns_readings(std::span<const std::string_view> labels,
                                                 bool final_dot = false);

/// "db-0.db.prod.svc.cluster.local": the A record of a StatefulSet's pod under its governing
/// Service (ShouldSetHostname, k8s.io/endpointslice util/controller_utils.go, 0.34).
std::string pod_dns_name(std::string_view pod, std::string_view service,
                         std::string_view name_space, std::string_view cluster_domain);

/// resolv.conf's search list with dnsPolicy ClusterFirst, before the node's own domains
/// (generateSearchesForDNSClusterFirst in kubelet's dns.go, 1.34).
std::vector<std::string> cluster_search_list(std::string_view name_space,
                                             std::string_view cluster_domain);

/// What a resolver that honours resolv.conf(5) asks for, in order, until one name has an address: a
/// name with `ndots` dots or more as it is first, any other as it is last; one with a final dot
/// only as it is. glibc and musl do so; busybox nslookup from 1.29 on does not.
std::vector<std::string> names_asked(std::string_view name, std::span<const std::string> search,
                                     std::size_t ndots = kDefaultNdots);

}  // namespace sts::kube
