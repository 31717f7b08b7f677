#pragma once

#include "kube/object/line_view.h"
#include "kube/object/reader.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sts::kube {

/// Whatever libyaml says, these are what went wrong: something pasted along with the YAML, a space
/// that is none, a tab as indentation. Looked for between where the parser began to wonder and the
/// line where it gave up.
std::optional<Problem> find_foreign_text(std::string_view text, ByteRange document,
                                         std::uint32_t began_at, const LineView& gave_up);

}  // namespace sts::kube
