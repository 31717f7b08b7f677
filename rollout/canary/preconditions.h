#pragma once

#include "rollout/canary/begin.h"
#include "rollout/canary/observation.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout::canary {

enum class Severity : std::uint8_t { kError, kWarning };

/// One precondition of a canary that does not hold.
struct Objection {
  std::string_view id;  // "P1" …
  Severity severity = Severity::kError;
  std::string text;  // what is so, and the way out
};

/// What speaks for or against a canary beside the set and its pods.
struct Surroundings {
  std::vector<std::string> autoscalers;  // that scale this set: "HorizontalPodAutoscaler/web"
  /// Who else applies spec.updateStrategy.rollingUpdate.partition; "" for nobody.
  std::string partition_manager;
};

/// What the user takes upon himself.
struct Allowances {
  bool single = false;       // --allow-single
  bool autoscaling = false;  // --allow-hpa
};

/// P1 to P10, in this order. P11 to P13 need the API server: access reviews, the Lease and a dry
/// run.
std::vector<Objection> find_objections(const Observation& observed, const Release& release,
                                       const Surroundings& surroundings,
                                       const Allowances& allowances);

}  // namespace sts::rollout::canary
