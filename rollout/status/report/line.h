#pragma once

#include "rollout/status/report.h"

#include <string>

namespace sts::rollout {

/// "shop/web: blocked, 3 of 4 Ready, 1 of 2 updated; blocked: …; kubectl …": all that matters in
/// one line, for logs.
std::string one_line(const StatusReport& report);

/// What makes one report another one: everything but the ages, which are new each second.
std::string signature(const StatusReport& report);

/// What -o json prints, in one line.
std::string json_line(const StatusReport& report);

}  // namespace sts::rollout
