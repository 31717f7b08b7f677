#include "rollout/status/hazards.h"

#include <algorithm>

namespace sts::rollout {
namespace {

// Seen on 1.35.1 and 1.37.1: with maxUnavailable 3 of 5 a bad image took three pods away at once,
// the lowest came back broken, and the two above it were not created again.
void max_unavailable(const View& view, std::vector<Hazard>& out) {
  const std::int64_t at_once = view.max_unavailable();
  if (at_once <= 1 || !view.ordered() ||
      view.set().strategy != kube::UpdateStrategy::kRollingUpdate) {
    return;
  }
  Hazard hazard;
  hazard.id = "max-unavailable-ordered";
  hazard.message = "an update takes " + std::to_string(at_once) +
                   " pods away at once, and OrderedReady creates them again in order: if the "
                   "lowest does not become Ready, the others stay away";
  const Member* const first = view.first_unhealthy();
  if (first != nullptr && view.updating()) {
    const auto missing =
        std::count_if(view.members().begin(), view.members().end(), [&](const Member& member) {
          return member.pod == nullptr && member.ordinal > first->ordinal;
        });
    if (missing > 0) {
      hazard.message += "; now " + std::to_string(missing) + (missing == 1 ? " is" : " are") +
                        " away until " + first->name + " is Ready";
    }
  }
  hazard.way_out = "set maxUnavailable to 1, or lower the partition one pod at a time";
  out.push_back(std::move(hazard));
}

}  // namespace

std::vector<Hazard> hazards(const View& view) {
  std::vector<Hazard> out;
  max_unavailable(view, out);
  return out;
}

}  // namespace sts::rollout
