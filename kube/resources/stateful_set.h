#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sts::kube {

/// spec.volumeClaimTemplates[]
struct ClaimTemplate {
  std::string name;
  std::optional<std::string> storage_class;  // "" is a value: no class at all
};

enum class PodManagement : std::uint8_t { kOrderedReady, kParallel };
enum class UpdateStrategy : std::uint8_t { kRollingUpdate, kOnDelete, kOther };

/// apps/v1 StatefulSet: what status, dns and canary look at. Absent fields hold the API's defaults
/// (pkg/apis/apps/v1/defaults.go).
struct StatefulSet {
  Metadata meta;

  std::int64_t replicas = 1;
  std::string service_name;
  LabelSelector selector;
  PodManagement pod_management = PodManagement::kOrderedReady;
  UpdateStrategy strategy = UpdateStrategy::kRollingUpdate;
  std::string strategy_name = "RollingUpdate";  // as written
  std::int64_t partition = 0;  // an index, not an ordinal: so many pods keep the current revision
  std::optional<IntOrPercent> max_unavailable;
  std::int64_t min_ready_seconds = 0;
  std::int64_t ordinals_start = 0;
  std::int64_t revision_history_limit = 10;
  std::vector<ClaimTemplate> claim_templates;
  /// spec.template as compact JSON with sorted keys; equal templates have equal texts.
  std::string pod_template;
  StringMap template_labels;

  std::int64_t observed_generation = 0;
  std::string current_revision;
  std::string update_revision;
  std::int64_t status_replicas = 0;
  std::int64_t ready_replicas = 0;
  std::int64_t available_replicas = 0;
  std::int64_t current_replicas = 0;
  std::int64_t updated_replicas = 0;
  std::vector<Condition> conditions;

  static Result<StatefulSet> from_json(const nlohmann::json& json);

  /// Ordinals are in [ordinals_start, end_ordinal()).
  std::int64_t end_ordinal() const { return ordinals_start + replicas; }
  bool in_range(std::int64_t ordinal) const {
    return ordinal >= ordinals_start && ordinal < end_ordinal();
  }
  /// Does a rolling update reach this ordinal? (newVersionedStatefulSetPod in
  /// pkg/controller/statefulset/stateful_set_utils.go)
  bool updates(std::int64_t ordinal) const { return ordinal - ordinals_start >= partition; }
  std::string pod_name(std::int64_t ordinal) const;
  /// getPersistentVolumeClaimName in stateful_set_utils.go.
  std::string claim_name(const ClaimTemplate& claim, std::int64_t ordinal) const;
};

}  // namespace sts::kube
