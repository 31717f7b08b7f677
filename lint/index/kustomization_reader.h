#pragma once

#include "kube/object/tree.h"
#include "lint/index/kustomize.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// kustomization.yaml, kustomization.yml or Kustomization (kustomize's konfig.
/// RecognizedKustomizationFileNames).
bool is_kustomization_path(std::string_view path);

/// Reads what a kustomization says of itself; what it takes in is linked by the caller.
void read_kustomization(kube::Value root, Kustomization& into);

/// What it takes in, as written: `resources`, the older `bases`, and `components`.
std::vector<kube::Value> taken_in(kube::Value root);

/// The resource is spelled as a URL or as a repository on a host.
bool is_remote(std::string_view resource);

}  // namespace sts::lint
