#include "kube/resources/stateful_set.h"

#include <nlohmann/json.hpp>

namespace sts::kube {
namespace {

void read_strategy(const Fields& spec, StatefulSet& set) {
  const Fields strategy = spec.object("updateStrategy");
  const std::string type = strategy.text("type");
  if (!type.empty()) set.strategy_name = type;
  set.strategy = set.strategy_name == "RollingUpdate" ? UpdateStrategy::kRollingUpdate
                 : set.strategy_name == "OnDelete"    ? UpdateStrategy::kOnDelete
                                                      : UpdateStrategy::kOther;
  const Fields rolling = strategy.object("rollingUpdate");
  set.partition = rolling.integer("partition", 0);
  set.max_unavailable = rolling.int_or_percent("maxUnavailable");
}

void read_spec(const Fields& spec, StatefulSet& set) {
  set.replicas = spec.integer("replicas", 1);
  set.service_name = spec.text("serviceName");
  set.selector = read_label_selector(spec.object("selector"));
  if (spec.text("podManagementPolicy") == "Parallel") set.pod_management = PodManagement::kParallel;
  read_strategy(spec, set);
  set.min_ready_seconds = spec.integer("minReadySeconds", 0);
  set.ordinals_start = spec.object("ordinals").integer("start", 0);
  set.revision_history_limit = spec.integer("revisionHistoryLimit", 10);
  spec.each("volumeClaimTemplates", [&](const Fields& claim) {
    set.claim_templates.push_back({claim.object("metadata").text("name"),
                                   claim.object("spec").optional_text("storageClassName")});
  });
  set.template_labels = spec.object("template").object("metadata").strings("labels");
  if (const nlohmann::json* const pod = spec.raw("template")) {
    set.pod_template = pod->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
}

void read_status(const Fields& status, StatefulSet& set) {
  set.observed_generation = status.integer("observedGeneration", 0);
  set.current_revision = status.text("currentRevision");
  set.update_revision = status.text("updateRevision");
  set.status_replicas = status.integer("replicas", 0);
  set.ready_replicas = status.integer("readyReplicas", 0);
  set.available_replicas = status.integer("availableReplicas", 0);
  set.current_replicas = status.integer("currentReplicas", 0);
  set.updated_replicas = status.integer("updatedReplicas", 0);
  set.conditions = read_conditions(status);
}

}  // namespace

Result<StatefulSet> StatefulSet::from_json(const nlohmann::json& json) {
  const Fields root(json, "StatefulSet");
  StatefulSet set;
  set.meta = read_metadata(root, KeepAnnotations::kYes);
  read_spec(root.object("spec"), set);
  read_status(root.object("status"), set);
  return checked(std::move(set), root);
}

std::string StatefulSet::pod_name(std::int64_t ordinal) const {
  return meta.name + "-" + std::to_string(ordinal);
}

std::string StatefulSet::claim_name(const ClaimTemplate& claim, std::int64_t ordinal) const {
  return claim.name + "-" + pod_name(ordinal);
}

}  // namespace sts::kube
