#pragma once

#include "kube/object/tree.h"
#include "lint/model/workload.h"
#include "lint/rule.h"

#include <string>
#include <vector>

namespace sts::lint {

/// A ConfigMap's entry as a container sees it.
struct MountedFile {
  std::string path;  // absolute, in the container
  const Object* config_map = nullptr;
  kube::Value text;
  bool shell = false;  // its name or first line says so
};

/// The files that ConfigMaps bring into a container: volumes of kind configMap and projected,
/// items, subPath. Only ConfigMaps that the index finds, and only where it finds one candidate.
std::vector<MountedFile> mounted_files(const Object& workload, const PodTemplate& pods,
                                       kube::Value container, const RuleContext& context);

/// "/scripts//a/" -> "/scripts/a".
std::string tidy_path(std::string_view path);

}  // namespace sts::lint
