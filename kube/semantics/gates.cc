#include "kube/semantics/gates.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace sts::kube {

namespace {

/// From `since` on, until the next row of the same field.
struct Row {
  GatedField field;
  Version since;
  Support support;
};

// Follows pkg/features/kube_features.go of each minor. A field whose gate is off is removed in
// pkg/registry/apps/statefulset/strategy.go (dropStatefulSetDisabledFields), before validation.
// MaxUnavailableStatefulSet was on in 1.35.0 and switched off again in 1.35.4
// (kubernetes/website feature-gates/MaxUnavailableStatefulSet.md). Recreate is alpha in 1.37, and
// validation refuses the value while its gate is off.
constexpr std::array kRows = {
    Row{GatedField::kMinReadySeconds, {1, 22, 0}, Support::kDropped},
    Row{GatedField::kMinReadySeconds, {1, 23, 0}, Support::kServed},
    Row{GatedField::kRetentionPolicy, {1, 23, 0}, Support::kDropped},
    Row{GatedField::kRetentionPolicy, {1, 27, 0}, Support::kServed},
    Row{GatedField::kOrdinals, {1, 26, 0}, Support::kDropped},
    Row{GatedField::kOrdinals, {1, 27, 0}, Support::kServed},
    Row{GatedField::kMaxUnavailable, {1, 24, 0}, Support::kDropped},
    Row{GatedField::kMaxUnavailable, {1, 35, 0}, Support::kServed},
    Row{GatedField::kMaxUnavailable, {1, 35, 4}, Support::kDropped},
    Row{GatedField::kMaxUnavailable, {1, 37, 0}, Support::kServed},
    Row{GatedField::kRecreateStrategy, {1, 0, 0}, Support::kRejected},
    // Nothing is known of the versions to come: the value may well be served there.
    Row{GatedField::kRecreateStrategy, {1, 38, 0}, Support::kServed},
};

struct Names {
  std::string_view gate;
  std::string_view since;
};

constexpr Names names(GatedField field) {
  switch (field) {
    case GatedField::kMinReadySeconds:
      return {"StatefulSetMinReadySeconds", "1.23"};
    case GatedField::kRetentionPolicy:
      return {"StatefulSetAutoDeletePVC", "1.27"};
    case GatedField::kOrdinals:
      return {"StatefulSetStartOrdinal", "1.27"};
    case GatedField::kMaxUnavailable:
      return {"MaxUnavailableStatefulSet", "1.35.0 to 1.35.3 and from 1.37"};
    case GatedField::kRecreateStrategy:
      return {"StatefulSetRecreateStrategy", ""};
  }
  return {};
}

struct RemovalRow {
  std::string_view api_version;
  std::string_view kind;
  Removal removal;
};

// kubernetes.io "Deprecated API Migration Guide": v1.16, v1.25 and v1.26.
constexpr std::array kRemovals = {
    RemovalRow{"apps/v1beta1", "StatefulSet", {{1, 16, 0}, "apps/v1"}},
    RemovalRow{"apps/v1beta2", "StatefulSet", {{1, 16, 0}, "apps/v1"}},
    RemovalRow{"apps/v1beta2", "DaemonSet", {{1, 16, 0}, "apps/v1"}},
    RemovalRow{"extensions/v1beta1", "DaemonSet", {{1, 16, 0}, "apps/v1"}},
    RemovalRow{"policy/v1beta1", "PodDisruptionBudget", {{1, 25, 0}, "policy/v1"}},
    RemovalRow{"autoscaling/v2beta1", "HorizontalPodAutoscaler", {{1, 25, 0}, "autoscaling/v2"}},
    RemovalRow{"autoscaling/v2beta2", "HorizontalPodAutoscaler", {{1, 26, 0}, "autoscaling/v2"}},
};

}  // namespace

Support support(GatedField field, const Version& version) {
  Support result = Support::kUnknownField;
  for (const Row& row : kRows) {
    if (row.field == field && row.since <= version) result = row.support;
  }
  return result;
}

std::string_view gate_name(GatedField field) { return names(field).gate; }

std::string_view served_since(GatedField field) { return names(field).since; }

const Removal* removal_of(std::string_view api_version, std::string_view kind) {
  const auto* row = std::find_if(kRemovals.begin(), kRemovals.end(), [&](const RemovalRow& r) {
    return r.api_version == api_version && r.kind == kind;
  });
  return row == kRemovals.end() ? nullptr : &row->removal;
}

}  // namespace sts::kube
