#pragma once

#include "kube/object/reader.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sts::kube {

/// What a look at the bytes alone tells, before any parser sees them.
struct Prescan {
  std::vector<Problem> problems;  // at most one of each sort
  bool readable = true;           // false: a parser would refuse these bytes
};

/// Looks at one document's bytes: UTF-8, control characters, and line breaks and byte order marks
/// that kubectl takes otherwise than an editor shows them.
Prescan prescan(std::string_view text, ByteRange range, bool json);

/// Why a file as a whole is no text that can be read: binary, or UTF-16.
std::optional<Problem> prescan_file(std::string_view text);

}  // namespace sts::kube
