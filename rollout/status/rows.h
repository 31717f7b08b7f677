#pragma once

#include "rollout/status/report.h"
#include "rollout/status/view.h"

namespace sts::rollout {

/// What is shown of one member.
PodRow row_of(const View& view, const Member& member);

/// "partition 2: web-0 and web-1 keep web-6d4, web-2 and web-3 get web-7f8"; "" where there is no
/// partition.
std::string partition_line(const View& view);

}  // namespace sts::rollout
