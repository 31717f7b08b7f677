#pragma once

#include "lint/finding.h"
#include "lint/report/escape.h"

#include <string>

namespace sts::lint {

/// A source line and what is underlined in it, ready for a terminal: tabs are spaces, hidden
/// characters spelled out, a long line cut to a window around the place with `…`.
struct Snippet {
  std::uint32_t line = 0;
  std::string text;
  std::size_t indent = 0;  // terminal columns before the underlining
  std::size_t length = 0;  // terminal columns underlined, at least 1
};

/// Of the first line of a place. Empty text where the place is in no line of the source.
Snippet snippet(const Place& place, Reader reader);

}  // namespace sts::lint
