#pragma once

#include "kube/text/printable.h"

#include <cstddef>
#include <string_view>

namespace sts::lint {

using kube::printable;
using kube::Reader;
using kube::width;

/// The code point at text[at] and how many bytes it takes; kInvalid and 1 where the bytes are no
/// UTF-8.
struct CodePoint {
  static constexpr char32_t kInvalid = 0xffffffff;
  char32_t value = kInvalid;
  std::size_t size = 1;
};
CodePoint decode(std::string_view text, std::size_t at);

}  // namespace sts::lint
