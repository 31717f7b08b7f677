#pragma once

#include "rollout/status/report/format.h"

#include <nlohmann/json_fwd.hpp>

namespace sts::rollout {

/// docs/schema/status-report.v1.schema.json
nlohmann::ordered_json status_document(const StatusOutput& output);

}  // namespace sts::rollout
