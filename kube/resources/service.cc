#include "kube/resources/service.h"

#include <nlohmann/json.hpp>

namespace sts::kube {

Result<Service> Service::from_json(const nlohmann::json& json) {
  const Fields root(json, "Service");
  const Fields spec = root.object("spec");
  Service service;
  service.meta = read_metadata(root);
  if (spec.has("type")) service.type = spec.text("type");
  service.cluster_ips = spec.list("clusterIPs");
  if (service.cluster_ips.empty() && !spec.text("clusterIP").empty()) {
    service.cluster_ips.push_back(spec.text("clusterIP"));
  }
  service.ip_families = spec.list("ipFamilies");
  service.external_name = spec.text("externalName");
  spec.each("ports", [&](const Fields& port) {
    const std::string protocol = port.text("protocol");
    service.ports.push_back(
        {port.text("name"), protocol.empty() ? "TCP" : protocol, port.integer("port", 0)});
  });
  service.selector = spec.strings("selector");
  service.publish_not_ready_addresses = spec.boolean("publishNotReadyAddresses").value_or(false);
  return checked(std::move(service), root);
}

}  // namespace sts::kube
