#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sts::lint {

/// Where a text will be read.
enum class Reader : std::uint8_t {
  kTerminal,
  kActionsLog,  // GitHub's runner looks for commands in every line that a step prints
};

/// A string of a manifest, made harmless: control characters, invalid UTF-8 and invisible direction
/// marks are spelled out (`\x1b`, `\n`, `\u202e`); for a runner's log also `##[` anywhere and `::`
/// at the start. Printable text stays as it is, a tab too.
std::string printable(std::string_view text, Reader reader = Reader::kTerminal);

/// The code point at text[at] and how many bytes it takes; kInvalid and 1 where the bytes are no
/// UTF-8.
struct CodePoint {
  static constexpr char32_t kInvalid = 0xffffffff;
  char32_t value = kInvalid;
  std::size_t size = 1;
};
CodePoint decode(std::string_view text, std::size_t at);

/// Columns that a terminal gives a code point: 0, 1 or 2.
int width(char32_t code_point);

}  // namespace sts::lint
