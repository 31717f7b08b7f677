#include "rollout/canary/begin.h"

#include <algorithm>

namespace sts::rollout::canary {
namespace {

// A partition at or above all pods is somebody's parking, not the set's own.
std::int64_t original_partition(const kube::StatefulSet& set, bool adopted) {
  return adopted && set.partition >= set.replicas ? 0 : set.partition;
}

}  // namespace

Patch begin(const Observation& observed, const Release& release, std::int64_t epoch) {
  const kube::StatefulSet& set = observed.set;
  const bool adopted = release.pod_template.empty();
  State state;
  state.id = release.id;
  state.uid = set.meta.uid;
  state.epoch = epoch;
  state.phase = Phase::kArmed;
  state.kept = adopted ? set.partition : kPark;
  state.released = state.kept;
  state.base = set.current_revision;
  state.original_partition = original_partition(set, adopted);
  state.replicas = set.replicas;
  state.start = set.ordinals_start;
  state.min_ready_seconds = set.min_ready_seconds;
  state.max_unavailable = set.max_unavailable;
  state.strategy = set.strategy_name;
  state.plan = release.plan;
  if (effective_max_unavailable(set, observed.version) > 1) state.plan.pace = Pace::kPod;
  state.began = observed.now;
  state.generation = set.meta.generation + (adopted ? 0 : 1);

  Patch patch;
  patch.why = adopted ? "adopts the template that is there"
                      : "the new template, behind a partition that updates nobody";
  if (!adopted) patch.partition = kPark;
  patch.pod_template = release.pod_template;
  patch.state = std::move(state);
  return patch;
}

}  // namespace sts::rollout::canary
