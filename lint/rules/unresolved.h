#pragma once

#include "lint/rule.h"

#include <string>
#include <vector>

namespace sts::lint {

/// Why references of an object are unknown, one reason each: its governing Service, the claims of
/// its volumes. Nothing is reported of them, so that somebody has to say that they were not judged.
std::vector<std::string> unresolved_references(const Object& object, const RuleContext& context);

}  // namespace sts::lint
