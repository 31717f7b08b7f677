#pragma once

#include <string_view>

namespace sts::kube {

/// Whether a text holds what some other tool replaces: see Value::is_placeholder.
bool has_placeholder(std::string_view text, bool kubernetes_expands);

}  // namespace sts::kube
