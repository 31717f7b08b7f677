#pragma once

#include "kube/result.h"

#include <chrono>
#include <string_view>

namespace sts::kube {

/// --request-timeout as client-go reads it (clientcmd/helpers.go): seconds, or a Go duration such
/// as 1m30s. Zero, for "no timeout", where it is empty, 0 or negative; rounded up to a millisecond.
Result<std::chrono::milliseconds> parse_timeout(std::string_view text);

}  // namespace sts::kube
