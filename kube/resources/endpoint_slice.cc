#include "kube/resources/endpoint_slice.h"

#include <nlohmann/json.hpp>

namespace sts::kube {

Result<EndpointSlice> EndpointSlice::from_json(const nlohmann::json& json) {
  const Fields root(json, "EndpointSlice");
  EndpointSlice slice;
  slice.meta = read_metadata(root);
  slice.service = slice.meta.label(kServiceNameLabel);
  slice.address_type = root.text("addressType");
  root.each("endpoints", [&](const Fields& fields) {
    Endpoint endpoint;
    endpoint.addresses = fields.list("addresses");
    endpoint.hostname = fields.text("hostname");
    endpoint.ready = fields.object("conditions").boolean("ready");
    endpoint.target_kind = fields.object("targetRef").text("kind");
    endpoint.target_name = fields.object("targetRef").text("name");
    slice.endpoints.push_back(std::move(endpoint));
  });
  root.each("ports", [&](const Fields& port) {
    const std::string protocol = port.text("protocol");
    slice.ports.push_back(
        {port.text("name"), protocol.empty() ? "TCP" : protocol, port.integer("port", 0)});
  });
  return checked(std::move(slice), root);
}

}  // namespace sts::kube
