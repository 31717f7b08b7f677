#pragma once

#include "lint/index/object.h"

#include <set>
#include <span>
#include <string>

namespace sts::lint {

/// Folders whose files are alternatives, not parts of one deployment: two files of one folder hold
/// the same workload or Service (install.yaml beside namespace-install.yaml, a DaemonSet once for
/// each backend). Objects that a kustomization takes in do not count: it says what goes together.
std::set<std::string, std::less<>> folders_of_alternatives(std::span<const Object> objects);

}  // namespace sts::lint
