#include "rollout/status/blockers/kinds.h"

namespace sts::rollout {

const std::vector<BlockerKind>& blocker_kinds() {
  static const std::vector<BlockerKind> kKinds = {
      {"foreign-pod", find_foreign_pod},
      {"quota", find_quota},
      {"webhook", find_webhook},
      {"invalid-pod", find_invalid_pod},
      {"finalizer", find_finalizer},
      {"node-lost", find_node_lost},
      // Before what is wrong with the pod: mending that would not help it.
      {"stuck-revision", find_stuck_revision},
      {"claim", find_claim},
      {"unschedulable", find_unschedulable},
      {"volume-mount", find_volume_mount},
      {"image-pull", find_image_pull},
      {"container-config", find_container_config},
      {"out-of-memory", find_out_of_memory},
      {"crash-loop", find_crash_loop},
  };
  return kKinds;
}

}  // namespace sts::rollout
