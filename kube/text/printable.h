#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sts::kube {

/// Where a text will be read.
enum class Reader : std::uint8_t {
  kTerminal,
  kActionsLog,  // GitHub's runner looks for commands in every line that a step prints
};

/// A string of a manifest or a cluster, made harmless: control characters, invalid UTF-8 and
/// invisible direction marks are spelled out (`\x1b`, `\n`, `\u202e`); for a runner's log also
/// `##[` anywhere and `::` at the start. Printable text stays as it is, a tab too.
std::string printable(std::string_view text, Reader reader = Reader::kTerminal);

/// Columns that a terminal gives a code point: 0, 1 or 2.
int width(char32_t code_point);

}  // namespace sts::kube
