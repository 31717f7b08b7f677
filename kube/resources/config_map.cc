#include "kube/resources/config_map.h"

#include <nlohmann/json.hpp>

namespace sts::kube {

Result<ConfigMap> ConfigMap::from_json(const nlohmann::json& json) {
  const Fields root(json, "ConfigMap");
  ConfigMap map;
  map.meta = read_metadata(root);
  map.data = root.strings("data");
  return checked(std::move(map), root);
}

}  // namespace sts::kube
