#pragma once

#include "kube/object/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// The pointers that a strategic merge patch writes in `object`. Items of lists that merge by a
/// key (containers by name …) are found in the object; what cannot be told is the whole list.
std::vector<std::string> merge_pointers(kube::Value patch, kube::Value object);

/// The pointers that an RFC 6902 patch writes. Where an item comes or goes, the whole list.
std::vector<std::string> json_patch_pointers(kube::Value operations);

/// kustomize's `spec.template.spec.containers.[name=a].image`, up to its first choice of items.
std::string field_path_pointer(std::string_view path);

}  // namespace sts::lint
