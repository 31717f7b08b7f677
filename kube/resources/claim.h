#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace sts::kube {

/// core/v1 PersistentVolumeClaim.
struct Claim {
  Metadata meta;
  std::optional<std::string> storage_class;  // "" is a value: no class at all
  std::string volume;
  std::string requested;  // spec.resources.requests.storage
  std::string phase;      // Pending, Bound, Lost
  std::string capacity;   // status.capacity.storage
  std::vector<Condition> conditions;

  static Result<Claim> from_json(const nlohmann::json& json);

  bool bound() const { return phase == "Bound"; }
};

}  // namespace sts::kube
