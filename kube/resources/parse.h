#pragma once

#include "kube/result.h"

#include <string_view>

namespace sts::kube {

/// T::from_json() of a JSON text, for each of the kinds in this folder.
template <typename T>
Result<T> parse_resource(std::string_view json);

}  // namespace sts::kube
