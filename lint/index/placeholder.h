#pragma once

#include <string_view>

namespace sts::lint {

/// Could a text with placeholders (kube::Value::is_placeholder) become `name`? What stands before
/// the first and after the last placeholder must match. A text without any becomes only itself.
bool may_become(std::string_view text, std::string_view name);

}  // namespace sts::lint
