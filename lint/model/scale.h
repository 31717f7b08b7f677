#pragma once

#include "lint/index/index.h"
#include "lint/model/workload.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sts::lint {

/// How many pods a StatefulSet asks for, as far as the project tells. Nothing: unknown.
struct Scale {
  std::optional<std::int64_t> least;  // an autoscaler's minimum, else spec.replicas
  std::optional<std::int64_t> most;
  const Object* autoscaler = nullptr;  // HorizontalPodAutoscaler or KEDA's ScaledObject
};

/// The autoscalers of the index by what they scale (Index::derived).
class Autoscalers {
 public:
  explicit Autoscalers(const Index& index);
  /// The nearest one of this set, in its namespace as far as that is known.
  const Object* of(const Object& set, const Index& index) const;

 private:
  std::unordered_map<std::string, std::vector<const Object*>> by_target_;  // a StatefulSet's name
};

Scale scale_of(const StatefulSetView& set, const Index& index);

}  // namespace sts::lint
