#pragma once

#include "lint/index/object.h"

#include <string>
#include <string_view>

namespace sts::lint {

// How messages name what they are about; every family of rules says it the same way.

/// `StatefulSet "db"`; without a name `this StatefulSet`.
std::string title(const Object& object);

/// "/spec/template/spec/containers/0/image" as the API server writes it:
/// "spec.template.spec.containers[0].image".
std::string dotted(std::string_view pointer);

/// A word in quotes; a long one is cut.
std::string quoted(std::string_view text);

}  // namespace sts::lint
