#pragma once

#include "rollout/status/report.h"
#include "rollout/status/snapshot.h"

namespace sts::rollout {

/// What the controller does next with a set and what keeps it from that, after
/// pkg/controller/statefulset/stateful_set_control.go (v1.33 to v1.37).
StatusReport status(const Snapshot& snapshot, kube::Time now);

}  // namespace sts::rollout
