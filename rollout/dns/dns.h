#pragma once

#include "kube/resources/config_map.h"
#include "kube/resources/endpoint_slice.h"
#include "kube/resources/pod.h"
#include "kube/resources/service.h"
#include "kube/resources/stateful_set.h"
#include "rollout/dns/cluster_domain.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout {

/// A name that a set's own configuration contains, and where.
struct NameReference {
  std::string name;   // as written, without a final dot
  std::string where;  // "container app, env PEERS"; "ConfigMap settings, key hosts"

  friend bool operator==(const NameReference&, const NameReference&) = default;
};

/// One set and what its names come from.
struct DnsSnapshot {
  kube::StatefulSet set;
  std::vector<kube::Pod> pods;  // those that the set's selector finds
  /// All of the set's namespace, and those of other namespaces that references name.
  std::vector<kube::Service> services;
  std::vector<kube::EndpointSlice> slices;
  ClusterDomain domain;
  std::vector<NameReference> references;
  /// Namespaces of which nothing is known, and why.
  std::map<std::string, std::string, std::less<>> unreadable;
  std::vector<std::string> notes;  // what else could not be read
};

/// Why a name does not resolve. A reason is a line in to_string and a case in reasons.cc.
enum class DnsReason : std::uint8_t {
  kNone,               // it resolves
  kNoServiceName,      // the set has no serviceName
  kServiceMissing,     // the governing Service does not exist
  kExternalName,       // the governing Service is an alias
  kPodMissing,         // there is no pod of that ordinal
  kOtherSubdomain,     // the pod was made under another serviceName, or without one
  kOtherHostname,      // the pod has another hostname
  kNoSelector,         // the Service selects nothing, and nobody made a slice for the pod
  kSelectsOthers,      // the Service's selector does not match the pod
  kNoAddress,          // the pod has no IP yet
  kAddressFamily,      // the pod has no IP of the Service's families
  kEnded,              // the pod has succeeded or failed
  kTerminating,        // and not-ready addresses are not published
  kNotReady,           // and not-ready addresses are not published
  kNoSlice,            // all is right, but no EndpointSlice has the pod
  kOrdinalOutOfRange,  // a reference to a pod that the set does not have
  kOtherService,       // a pod's name under a Service that is not its governing one
  kNoEndpoints,        // a headless Service without a ready pod
  kOtherDomain,        // the name ends in a domain that is not the cluster's
  kNoSuchEndpoint,     // nothing below the Service has that name
};
std::string_view to_string(DnsReason reason);  // "pod-missing"

struct NameVerdict {
  std::string name;   // as expected or as written
  std::string asked;  // the full name that decides
  bool resolves = false;
  std::vector<std::string> addresses;
  std::string alias;  // what an ExternalName Service stands for; not looked up
  DnsReason reason = DnsReason::kNone;
  std::string why;      // a sentence; "" where it resolves
  std::string way_out;  // one thing to do
};

struct OrdinalName {
  std::int64_t ordinal = 0;
  std::string pod;
  NameVerdict verdict;
};

struct ReferenceVerdict {
  std::vector<std::string> where;
  NameVerdict verdict;
};

struct DnsReport {
  std::string name_space;
  std::string set;
  std::string service;  // spec.serviceName
  ClusterDomain domain;
  std::vector<OrdinalName> names;
  std::vector<ReferenceVerdict> references;
  std::vector<std::string> notes;

  bool all_resolve() const;
};

/// Which of the names that a set's pods are to have resolve, and why the others do not: from API
/// objects alone (dns_records.h says by which rules).
DnsReport dns_report(const DnsSnapshot& snapshot);

/// The names of this cluster that the pod template's env, args and commands and these ConfigMaps
/// contain: those with a label `svc`, and those of the set's own pods (`web-0.nginx`) under a
/// Service in `services`. Words that a variable is part of, and all that may mean something else,
/// are left out.
std::vector<NameReference> find_references(const kube::StatefulSet& set,
                                           const std::vector<kube::ConfigMap>& config_maps,
                                           const std::vector<kube::Service>& services);

/// The ConfigMaps that the pod template mounts or reads its environment from.
std::vector<std::string> mounted_config_maps(const kube::StatefulSet& set);

/// A Service that references name, in the set's namespace or another one: to be read, with its
/// slices, before dns_report().
struct ServiceKey {
  std::string name_space;
  std::string name;

  friend auto operator<=>(const ServiceKey&, const ServiceKey&) = default;
};
std::vector<ServiceKey> referenced_services(const kube::StatefulSet& set,
                                            const std::vector<NameReference>& references);

}  // namespace sts::rollout
