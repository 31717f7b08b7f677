#include "kube/resources/parse.h"

#include "kube/resources/claim.h"
#include "kube/resources/config_map.h"
#include "kube/resources/controller_revision.h"
#include "kube/resources/endpoint_slice.h"
#include "kube/resources/event.h"
#include "kube/resources/node.h"
#include "kube/resources/pod.h"
#include "kube/resources/service.h"
#include "kube/resources/stateful_set.h"

#include <nlohmann/json.hpp>

namespace sts::kube {

template <typename T>
Result<T> parse_resource(std::string_view text) {
  using nlohmann::json;
  // Up to half of an object, and nothing that we look at.
  const json::parser_callback_t skip_managed_fields = [](int depth, json::parse_event_t event,
                                                         json& parsed) {
    return !(depth == 2 && event == json::parse_event_t::key && parsed == "managedFields");
  };
  const auto parsed = json::parse(text, skip_managed_fields, false);
  if (parsed.is_discarded()) return fail("is no JSON");
  return T::from_json(parsed);
}

template Result<Claim> parse_resource(std::string_view json);
template Result<ClusterNode> parse_resource(std::string_view json);
template Result<ConfigMap> parse_resource(std::string_view json);
template Result<ControllerRevision> parse_resource(std::string_view json);
template Result<EndpointSlice> parse_resource(std::string_view json);
template Result<Event> parse_resource(std::string_view json);
template Result<Pod> parse_resource(std::string_view json);
template Result<Service> parse_resource(std::string_view json);
template Result<StatefulSet> parse_resource(std::string_view json);

}  // namespace sts::kube
