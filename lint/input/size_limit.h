#pragma once

#include <cstdint>
#include <string>

namespace sts::lint {

/// "is 65.0 MiB, over the limit of 64.0 MiB; --max-file-size 65M": behind the semicolon, the fix.
std::string over_the_limit(std::uint64_t size, std::uint64_t limit);

/// For streams, whose size nobody knows before the end.
std::string over_the_limit(std::uint64_t limit);

}  // namespace sts::lint
