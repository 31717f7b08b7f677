#pragma once

#include "kube/object/tree.h"

#include <string>

namespace sts::kube {

/// A value as the JSON that sigs.k8s.io/yaml makes of it: keys sorted, no spaces. "" for a value
/// that is absent or null.
std::string json_of(const Value& value);

}  // namespace sts::kube
