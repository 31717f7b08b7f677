#include "lint/model/scale.h"

namespace sts::lint {
namespace {

std::optional<std::int64_t> count(kube::Value value, std::optional<std::int64_t> missing) {
  return value ? value.integer() : missing;
}

}  // namespace

Autoscalers::Autoscalers(const Index& index) {
  for (const Kind kind : {Kind::kHorizontalPodAutoscaler, Kind::kScaledObject}) {
    for (const Object* object : index.of_kind(kind)) {
      const kube::Value target = object->root.get("spec", "scaleTargetRef");
      // KEDA scales a Deployment where no kind is written.
      if (target.get("kind").string() != "StatefulSet") continue;
      if (const auto name = target.get("name").string()) {
        by_target_[std::string(*name)].push_back(object);
      }
    }
  }
}

const Object* Autoscalers::of(const Object& set, const Index& index) const {
  const auto found = by_target_.find(std::string(set.name));
  if (found == by_target_.end()) return nullptr;
  const Object* nearest = nullptr;
  for (const Object* object : found->second) {
    if (index.same_namespace(set, *object) == SameNamespace::kNo) continue;
    if (nearest == nullptr || Index::distance(set, *object) < Index::distance(set, *nearest)) {
      nearest = object;
    }
  }
  return nearest;
}

Scale scale_of(const StatefulSetView& set, const Index& index) {
  Scale scale;
  scale.autoscaler = index.derived<Autoscalers>().of(set.object, index);
  if (scale.autoscaler == nullptr) {
    scale.least = set.replicas;
    scale.most = set.replicas;
    return scale;
  }
  const Object& autoscaler = *scale.autoscaler;
  const kube::Value spec = autoscaler.root.get("spec");
  if (autoscaler.kind == Kind::kScaledObject) {
    // KEDA's defaults: none at rest, at most 100.
    if (!autoscaler.patched_at("/spec/minReplicaCount")) {
      scale.least = count(spec.get("minReplicaCount"), 0);
    }
    if (!autoscaler.patched_at("/spec/maxReplicaCount")) {
      scale.most = count(spec.get("maxReplicaCount"), 100);
    }
    return scale;
  }
  if (!autoscaler.patched_at("/spec/minReplicas")) scale.least = count(spec.get("minReplicas"), 1);
  if (!autoscaler.patched_at("/spec/maxReplicas")) {
    scale.most = count(spec.get("maxReplicas"), std::nullopt);
  }
  return scale;
}

}  // namespace sts::lint
