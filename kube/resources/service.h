#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace sts::kube {

struct ServicePort {
  std::string name;
  std::string protocol = "TCP";
  std::int64_t port = 0;
};

/// core/v1 Service.
struct Service {
  Metadata meta;
  std::string type = "ClusterIP";
  std::vector<std::string> cluster_ips;  // {"None"} when headless
  std::vector<std::string> ip_families;  // "IPv4", "IPv6"
  std::string external_name;
  std::vector<ServicePort> ports;
  StringMap selector;
  bool publish_not_ready_addresses = false;

  static Result<Service> from_json(const nlohmann::json& json);

  bool external() const { return type == "ExternalName"; }
  bool headless() const { return !cluster_ips.empty() && cluster_ips.front() == "None"; }
};

}  // namespace sts::kube
