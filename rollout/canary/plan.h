#pragma once

#include "kube/result.h"
#include "kube/semantics/int_or_percent.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout::canary {

/// What happens once a pod has failed by the revision's own fault. Nothing is rolled back unasked:
/// data on disk may already be in a format that the old version cannot read.
enum class OnFailure : std::uint8_t { kPause, kAbort, kRollback };

/// How the partition goes down within a step: pod by pod, or all of the step at once.
enum class Pace : std::uint8_t { kPod, kStep };

/// What the user asked for. Steps are cumulative numbers of updated pods.
struct Plan {
  std::vector<kube::IntOrPercent> steps = {{1, false}, {50, true}, {100, true}};
  std::chrono::seconds soak{300};
  std::chrono::seconds pod_deadline{600};  // from a pod's creation until it must be Available
  Pace pace = Pace::kPod;
  bool hold = true;  // the last step leaves one pod at the baseline for a soak of its own
  OnFailure on_failure = OnFailure::kPause;
  std::vector<kube::IntOrPercent> pause_after;  // steps after which a human has to promote
  std::int64_t max_flaps = 0;
  std::int64_t max_restarts = 0;
  std::chrono::seconds lease{60};
  bool ignore_budget = false;    // PodDisruptionBudgets
  bool allow_tag_drift = false;  // one image tag that means different images on different pods

  friend bool operator==(const Plan&, const Plan&) = default;
};

/// "1,50%,100%". The error names the step.
Result<std::vector<kube::IntOrPercent>> parse_steps(std::string_view text);

/// One stage of a plan for a set of known size.
struct Stage {
  std::int64_t updated = 0;  // pods at the canary's revision once it is through, from the highest
  bool soaks = true;
  bool pauses = false;  // waits for a human after the soak
  bool holds = false;   // one pod is left at the baseline although the step says all

  friend bool operator==(const Stage&, const Stage&) = default;
};

/// The stages for `replicas` pods: shares rounded up, what does not add a pod left out, the last
/// one split where the plan holds a pod back. Fails where the last step is not all pods, or the
/// steps do not grow.
Result<std::vector<Stage>> stages(const Plan& plan, std::int64_t replicas);

}  // namespace sts::rollout::canary
