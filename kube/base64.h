#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sts {

/// RFC 4648 with padding, as Go's base64.StdEncoding.
std::string to_base64(std::string_view bytes);

/// Reads as Go's base64.StdEncoding does: line breaks are passed over, padding must be there.
/// Nothing where the text is no base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace sts
