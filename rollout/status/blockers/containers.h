#pragma once

#include "kube/resources/pod.h"
#include "rollout/status/view.h"

#include <algorithm>
#include <string_view>

namespace sts::rollout {

/// Calls `visit` with init containers, then containers, until it answers true; the container that
/// it was true for, or null. Pods that are gone or are another's have none.
template <typename Visit>
const kube::Container* find_container(const Member& member, const Visit& visit) {
  if (member.pod == nullptr || member.foreign || member.pod->terminating()) return nullptr;
  for (const auto* const list : {&member.pod->init_containers, &member.pod->containers}) {
    const auto found = std::find_if(list->begin(), list->end(), visit);
    if (found != list->end()) return &*found;
  }
  return nullptr;
}

}  // namespace sts::rollout
