#pragma once

#include <string_view>

namespace sts::lint {

/// The text holds something that another tool replaces: `{{ }}`, `${VAR}`, `$(VAR)`, `@X@`,
/// `##X##`,
/// `<X>`. For texts taken apart; a Value answers for itself (kube::Value::is_placeholder).
bool has_placeholder(std::string_view text);

/// Could a text with placeholders become `name`? What stands before the first and after the last
/// placeholder must match. A text without any becomes only itself.
bool may_become(std::string_view text, std::string_view name);

}  // namespace sts::lint
