#pragma once

#include "rollout/status/view.h"

#include <string>
#include <vector>

namespace sts::rollout {

/// What the controller does or waits for next, in the order of its loop; empty where there is
/// nothing to do.
std::vector<std::string> waiting(const View& view);

}  // namespace sts::rollout
