#pragma once

#include "rollout/canary/turn.h"

namespace sts::rollout::canary {

/// The way forward, by the phase: lower the partition, verify, soak, finish (T1 to T5). For
/// Armed, Stepping, Soaking, Holding and Finishing; what others did was looked for before.
Action lower(const Turn& turn);

/// The next stage without a further soak: what `promote` asks for.
Patch promote(const Turn& turn);
/// To the last stage.
Patch promote_full(const Turn& turn);

/// From Paused, Failed, Aborted or Stuck back to what went on, with the set as it is now; what
/// keeps it from that is told in the reason.
Patch resume(const Turn& turn);

/// `promote` and `promote --full` of a canary that is paused.
Patch promote_paused(const Turn& turn);

}  // namespace sts::rollout::canary
