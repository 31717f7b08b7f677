#pragma once

#include "rollout/canary/turn.h"

#include <optional>

namespace sts::rollout::canary {

/// What others did to the set while partitions go down, and the reaction; nothing where the spec
/// and the pods' revisions are as we left them. Nothing, too, for what cannot be judged before the
/// controller has seen the spec.
std::optional<Action> find_interference(const Turn& turn);

}  // namespace sts::rollout::canary
