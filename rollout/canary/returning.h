#pragma once

#include "rollout/canary/turn.h"

namespace sts::rollout::canary {

/// A1: parked, on the way back to the baseline with the template as it is. Possible as long as the
/// baseline is the set's current revision, else the reason says why not.
Patch begin_abort(const Turn& turn);
bool can_abort(const Turn& turn);
/// A2 to A8.
Action abort(const Turn& turn);

/// R1: the template of the baseline, and the partition that lets the controller take it.
Patch begin_rollback(const Turn& turn, std::string why);
/// R2 to R5.
Action roll_back(const Turn& turn);

}  // namespace sts::rollout::canary
