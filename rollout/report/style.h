#pragma once

#include <cstdint>
#include <string>

namespace sts::rollout {

enum class Style : std::uint8_t { kPlain, kBold, kDim, kGood, kBusy, kBad };

/// `text` with the escape sequences of a style around it; as it is for kPlain and without colour.
/// Colour never says what the words do not.
std::string styled(Style style, const std::string& text, bool colour);

}  // namespace sts::rollout
