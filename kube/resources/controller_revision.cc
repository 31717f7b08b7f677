#include "kube/resources/controller_revision.h"

#include <nlohmann/json.hpp>

namespace sts::kube {

Result<ControllerRevision> ControllerRevision::from_json(const nlohmann::json& json,
                                                         KeepData keep) {
  const Fields root(json, "ControllerRevision");
  ControllerRevision revision;
  revision.meta = read_metadata(root);
  revision.revision = root.integer("revision", 0);
  if (const nlohmann::json* const data = root.raw("data");
      data != nullptr && keep == KeepData::kYes) {
    revision.data = data->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  return checked(std::move(revision), root);
}

}  // namespace sts::kube
