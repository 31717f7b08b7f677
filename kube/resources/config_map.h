#pragma once

#include "kube/resources/object_meta.h"

#include <nlohmann/json_fwd.hpp>

namespace sts::kube {

/// core/v1 ConfigMap, without binaryData.
struct ConfigMap {
  ObjectMeta meta;
  StringMap data;

  static Result<ConfigMap> from_json(const nlohmann::json& json);
};

}  // namespace sts::kube
