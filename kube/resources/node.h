#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace sts::kube {

/// core/v1 Node: whether it lives.
struct ClusterNode {
  Metadata meta;
  bool unschedulable = false;  // cordoned
  std::vector<Condition> conditions;

  static Result<ClusterNode> from_json(const nlohmann::json& json);

  /// The Ready condition; null where the kubelet never reported.
  const Condition* ready() const { return find_condition(conditions, "Ready"); }
};

}  // namespace sts::kube
