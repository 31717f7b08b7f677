#pragma once

#include "rollout/status/report.h"
#include "rollout/status/report/format.h"

#include <string>
#include <vector>

namespace sts::rollout {

enum class Width : bool { kNormal, kWide };

/// A line each set.
std::string sets_table(const StatusOutput& output, Width width, bool colour);
/// A line each pod, with the partition between those that it parts.
std::string pods_table(const StatusReport& report, Width width, bool colour);
/// What a set waits for, what blocks it and what may: lines, or nothing.
std::string remarks(const StatusReport& report, bool colour);
/// All of them for one output.
std::string render_for_people(const StatusOutput& output, Width width, bool colour);

}  // namespace sts::rollout
