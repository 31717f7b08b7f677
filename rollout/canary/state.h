#pragma once

#include "kube/result.h"
#include "kube/semantics/timestamp.h"
#include "rollout/canary/plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout::canary {

/// Where a canary stands. Stepping: the partition was lowered and pods are being replaced; a step's
/// pods are then verified and soak. Holding is the soak with one pod left at the baseline.
enum class Phase : std::uint8_t {
  kArmed,
  kStepping,
  kSoaking,
  kHolding,
  kFinishing,
  kComplete,
  kPaused,
  kFailed,
  kInterfered,
  kAborting,
  kAborted,
  kRollingBack,
  kRolledBack,
  kStuck,
};

std::string_view to_string(Phase phase);
std::optional<Phase> parse_phase(std::string_view word);

/// The partition that updates nobody, whatever the set is scaled to: scaling up under it makes pods
/// at the baseline, which `partition: replicas` would not.
inline constexpr std::int64_t kPark = 32767;

/// All that has to be known of a canary from one tick to the next. It lives in an annotation of the
/// set, written in the same PATCH as what it speaks of, so that no crash comes in between.
struct State {
  std::string id;          // of this canary; part of every report
  std::string uid;         // of the set: a state that was copied to another set is none
  std::int64_t epoch = 0;  // of the driver that wrote it last: who has a lower one stops
  Phase phase = Phase::kArmed;
  Phase resume_to = Phase::kArmed;  // of kPaused: what goes on
  std::size_t stage = 0;            // index into stages(plan, replicas)
  std::int64_t kept = 0;      // the partition that we wrote last: pods that stay at the baseline
  std::int64_t released = 0;  // the lowest since it began: pods from here may be at the canary
  std::string base;           // ControllerRevision names
  std::string can;            // "" until the controller has named it
  std::optional<std::int64_t> original_partition;
  std::int64_t replicas = 0;  // when it began; a change pauses
  std::int64_t start = 0;     // ordinals.start, the same; so the next three
  std::int64_t min_ready_seconds = 0;
  std::optional<kube::IntOrPercent> max_unavailable;
  std::string strategy;
  Plan plan;
  kube::Time began;  // or resumed: restarts and lost readiness before it are forgiven
  std::optional<kube::Time> soak_until;
  std::int64_t generation = 0;  // of the set after our last write
  std::string reason;           // of kPaused, kFailed, kInterfered, kStuck

  friend bool operator==(const State&, const State&) = default;
};

inline constexpr std::string_view kStateAnnotation = "kubectl-sts/canary";
inline constexpr std::string_view kRequestAnnotation = "kubectl-sts/canary-request";

/// The annotation's value: compact JSON, keys sorted, below 4 KiB.
std::string to_json(const State& state);
/// Of a version that we do not know, of another shape: what is wrong with it.
Result<State> parse_state(std::string_view json);

}  // namespace sts::rollout::canary
