#include "lint/rules/service/missing.h"

#include "lint/model/text.h"
#include "lint/rules/service/common.h"

#include <algorithm>
#include <vector>

namespace sts::lint::service {

const Object* nearest_namesake(const StatefulSetView& set, const Index& index) {
  const Object* nearest = nullptr;
  for (const Object* other : index.named(Kind::kService, set.service_name)) {
    if (index.same_namespace(set.object, *other) != SameNamespace::kNo) continue;
    if (nearest == nullptr ||
        Index::distance(set.object, *other) < Index::distance(set.object, *nearest)) {
      nearest = other;
    }
  }
  return nearest;
}

bool absence_hurts(const StatefulSetView& set, const Index& index) {
  if (set.replicas.value_or(0) >= 2) return true;
  const std::vector<const Object*> scalers = index.scalers(set.object);
  // An autoscaler whose target is a placeholder may be another set's.
  return std::any_of(scalers.begin(), scalers.end(), [&](const Object* scaler) {
    return scaler->root.get("spec", "scaleTargetRef", "name").string() == set.object.name;
  });
}

std::string describe(const Candidate& candidate) {
  const std::string name = "Service " + quoted(candidate.service->name);
  if (candidate.selects) {
    return candidate.headless ? "headless " + name + " selects these pods"
                              : name + " selects these pods, but is not headless";
  }
  return (candidate.headless ? "headless " : "") + name + " has nearly this name";
}

}  // namespace sts::lint::service
