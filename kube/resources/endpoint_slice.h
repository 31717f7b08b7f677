#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace sts::kube {

struct EndpointPort {
  std::string name;
  std::string protocol = "TCP";
  std::int64_t port = 0;
};

struct Endpoint {
  std::vector<std::string> addresses;
  std::string hostname;
  std::optional<bool> ready;  // unset is to be read as true (discovery/v1 EndpointConditions)
  std::string target_kind;
  std::string target_name;

  bool serves() const { return ready.value_or(true); }
};

/// discovery.k8s.io/v1 EndpointSlice.
struct EndpointSlice {
  Metadata meta;
  std::string service;       // the label kubernetes.io/service-name
  std::string address_type;  // "IPv4", "IPv6", "FQDN"
  std::vector<Endpoint> endpoints;
  std::vector<EndpointPort> ports;

  static Result<EndpointSlice> from_json(const nlohmann::json& json);
};

/// The label that says whose slice it is (discovery/v1 LabelServiceName).
inline constexpr std::string_view kServiceNameLabel = "kubernetes.io/service-name";

}  // namespace sts::kube
