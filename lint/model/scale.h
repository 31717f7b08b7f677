#pragma once

#include "lint/index/index.h"
#include "lint/model/workload.h"

#include <cstdint>
#include <optional>

namespace sts::lint {

/// How many pods a StatefulSet asks for, as far as the project tells, over all builds of
/// kustomizations that it is in. Nothing: unknown.
struct Scale {
  std::optional<std::int64_t> least;  // an autoscaler's minimum, else spec.replicas
  std::optional<std::int64_t> most;
  const Object* autoscaler = nullptr;  // the nearest of Index::scalers
  kube::Value place;                   // what says `most`: the set's replicas, or a kustomization's
};

Scale scale_of(const StatefulSetView& set, const Index& index);

}  // namespace sts::lint
