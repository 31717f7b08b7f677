#pragma once

#include "kube/object/tree.h"

#include <cstdint>
#include <optional>

namespace sts::kube {

/// An IntOrString that means a count or a share: `2` or `"50%"` (apimachinery pkg/util/intstr).
struct IntOrPercent {
  std::int64_t value = 0;
  bool percent = false;

  friend bool operator==(const IntOrPercent&, const IntOrPercent&) = default;
};

/// Nothing where the value is neither: getIntOrPercentValueSafely refuses a string without '%' and
/// a share that is no whole number.
std::optional<IntOrPercent> read_int_or_percent(Value value);
std::optional<IntOrPercent> parse_percent(std::string_view text);

/// Which way a share of `total` is rounded; a count stays as it is.
///
/// Up: PodDisruptionBudget minAvailable and maxUnavailable
/// (pkg/controller/disruption/disruption.go, getExpectedPodCount, v1.34), DaemonSet maxSurge and
/// maxUnavailable (pkg/controller/daemon/util/daemonset_util.go). Down, but at least 1: StatefulSet
/// maxUnavailable (pkg/controller/statefulset/stateful_set_utils.go, getStatefulSetMaxUnavailable).
enum class Rounding { kUp, kDown };
std::int64_t scaled(const IntOrPercent& value, std::int64_t total, Rounding rounding);

}  // namespace sts::kube
