#pragma once

#include "rollout/status/report.h"
#include "rollout/status/view.h"

#include <string>

namespace sts::rollout {

/// "CrashLoopBackOff, 0 of 1 containers ready, not Ready for 5m": what a pod looks like.
std::string pod_state(const View& view, const Member& member);

/// Fills way_out and command for a pod that its own template keeps from coming up: back to the
/// current revision where an update is under way, else `mend` and `look`.
void set_way_out(Blocker& blocker, const View& view, const Member& member, const std::string& mend,
                 const std::string& look);

/// "FailedMount: … (7 times, last 12s ago)".
std::string event_text(const View& view, const kube::Event& event);

/// The event that says why a missing member could not be created; null for none. The controller
/// tries again at least every 1,000 s (workqueue's default limiter).
const kube::Event* failed_create(const View& view, const Member& member);

/// What follows "failed error: " in a FailedCreate event.
std::string create_error(const kube::Event& event);

}  // namespace sts::rollout
