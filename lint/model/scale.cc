#include "lint/model/scale.h"

#include "lint/model/workload.h"

#include <algorithm>
#include <vector>

namespace sts::lint {
namespace {

std::optional<std::int64_t> count(kube::Value value, std::optional<std::int64_t> missing) {
  return value ? int32_of(value) : missing;
}

const Object* nearest_autoscaler(const Object& set, const Index& index) {
  const std::vector<const Object*> all = index.scalers(set);
  const auto nearest =
      std::min_element(all.begin(), all.end(), [&](const Object* a, const Object* b) {
        return Index::distance(set, *a) < Index::distance(set, *b);
      });
  return nearest == all.end() ? nullptr : *nearest;
}

// `replicas` as the set and the kustomizations above it say, from the fewest to the most.
void add_variants(const Object& set, const Index& index, Scale& scale) {
  for (const Variant& variant : index.variants(set, "/spec/replicas")) {
    const auto replicas = variant.known ? count(variant.value, 1) : std::nullopt;
    if (!replicas) {
      scale.least.reset();
      scale.most.reset();
      return;
    }
    scale.least = std::min(scale.least.value_or(*replicas), *replicas);
    if (scale.most && *scale.most >= *replicas) continue;
    scale.most = replicas;
    scale.place = variant.place;
  }
}

}  // namespace

Scale scale_of(const StatefulSetView& set, const Index& index) {
  Scale scale;
  scale.autoscaler = nearest_autoscaler(set.object, index);
  if (scale.autoscaler == nullptr) {
    add_variants(set.object, index, scale);
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
