#pragma once

#include "lint/index/index.h"

#include <unordered_map>
#include <vector>

namespace sts::lint {

/// Who reads a ConfigMap.
struct ConfigMapReader {
  const Object* workload = nullptr;
  std::vector<kube::Value> containers;  // that mount it
};

/// The one workload that mounts each ConfigMap (Index::derived). A ConfigMap that several mount, or
/// that envFrom alone brings in, has none: what a variable in it stands for depends on who asks.
class ConfigMapReaders {
 public:
  explicit ConfigMapReaders(const Index& index);
  const ConfigMapReader& of(const Object& config_map) const;

 private:
  std::unordered_map<const Object*, ConfigMapReader> readers_;
};

}  // namespace sts::lint
