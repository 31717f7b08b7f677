#include "kube/resources/claim.h"

#include <nlohmann/json.hpp>

namespace sts::kube {

Result<Claim> Claim::from_json(const nlohmann::json& json) {
  const Fields root(json, "PersistentVolumeClaim");
  const Fields spec = root.object("spec");
  const Fields status = root.object("status");
  Claim claim;
  claim.meta = read_metadata(root);
  claim.storage_class = spec.optional_text("storageClassName");
  claim.volume = spec.text("volumeName");
  claim.requested = spec.object("resources").object("requests").text("storage");
  claim.phase = status.text("phase");
  claim.capacity = status.object("capacity").text("storage");
  claim.conditions = read_conditions(status);
  return checked(std::move(claim), root);
}

}  // namespace sts::kube
