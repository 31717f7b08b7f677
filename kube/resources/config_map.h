#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

namespace sts::kube {

/// core/v1 ConfigMap, without binaryData.
struct ConfigMap {
  Metadata meta;
  StringMap data;

  static Result<ConfigMap> from_json(const nlohmann::json& json);
};

}  // namespace sts::kube
