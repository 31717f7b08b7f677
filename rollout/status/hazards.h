#pragma once

#include "rollout/status/report.h"
#include "rollout/status/view.h"

#include <vector>

namespace sts::rollout {

/// What may turn a small mishap into a large one.
std::vector<Hazard> hazards(const View& view);

}  // namespace sts::rollout
