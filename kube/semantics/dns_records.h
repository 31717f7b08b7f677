#pragma once

#include "kube/resources/endpoint_slice.h"
#include "kube/resources/service.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

/// What the cluster's DNS is made from. Services and slices of the namespaces that are asked for
/// must all be there.
struct DnsSource {
  std::span<const Service> services;
  std::span<const EndpointSlice> slices;
  std::string_view cluster_domain;  // "cluster.local"
};

enum class DnsAnswer : std::uint8_t {
  kAddresses,
  kAlias,     // a CNAME: an ExternalName Service
  kNoData,    // the name exists, without an address
  kNxDomain,  // proven absent
  kOutside,   // no name of a Service of this cluster: not known here
};

struct DnsRecords {
  DnsAnswer answer = DnsAnswer::kOutside;
  std::vector<std::string> addresses;  // A and AAAA, sorted
  std::string alias;
};

/// What CoreDNS answers for a full name without a final dot, in any case (plugin/kubernetes:
/// parse.go parseRequest, kubernetes.go findServices, object/endpoint.go; 1.12 to 1.14.7):
/// * a headless Service's name, and the names under any Service, live from ready endpoints only;
/// * under a Service of any type but ExternalName, an endpoint is found by its hostname or, lacking
///   one, by its address with dashes;
/// * the name of a Service with a cluster IP exists with or without endpoints.
DnsRecords dns_lookup(const DnsSource& source, std::string_view name);

struct SrvRecord {
  std::string target;
  std::int64_t port = 0;

  friend bool operator==(const SrvRecord&, const SrvRecord&) = default;
  friend auto operator<=>(const SrvRecord&, const SrvRecord&) = default;
};

/// The SRV records of a full name, such as _web._tcp.nginx.shop.svc.cluster.local; sorted. Only
/// named ports have such names.
std::vector<SrvRecord> srv_lookup(const DnsSource& source, std::string_view name);

/// The label under which an endpoint's address is found: its hostname, or its address with dashes
/// (kubernetes.go, endpointHostname).
std::string endpoint_label(const Endpoint& endpoint, std::string_view address);

}  // namespace sts::kube
