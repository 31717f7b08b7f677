#include "kube/resources/node.h"

#include <nlohmann/json.hpp>

namespace sts::kube {

Result<ClusterNode> ClusterNode::from_json(const nlohmann::json& json) {
  const Fields root(json, "Node");
  ClusterNode node;
  node.meta = read_metadata(root);
  node.unschedulable = root.object("spec").boolean("unschedulable").value_or(false);
  node.conditions = read_conditions(root.object("status"));
  return checked(std::move(node), root);
}

}  // namespace sts::kube
