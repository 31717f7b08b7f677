#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace sts::kube {

/// A moment as the API writes it: RFC 3339, any offset from UTC, parts of a second dropped
/// (apimachinery, meta/v1/time.go). Nothing where the text is none.
std::optional<std::chrono::sys_seconds> parse_rfc3339(std::string_view text);

}  // namespace sts::kube
