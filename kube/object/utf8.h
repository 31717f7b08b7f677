#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sts::kube {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// One code point of a text. `length` is 0 where no valid UTF-8 sequence begins.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};

/// Reads the code point at the text's beginning; strict: no overlong forms, no surrogates.
CodePoint read_code_point(std::string_view text);

/// Code points in a text, each byte of a broken sequence's beginning counted as one.
std::size_t code_points(std::string_view text);

/// Appends the UTF-8 form of a code point up to U+10FFFF.
void append_utf8(std::string& out, char32_t value);

/// A space that YAML does not take for one: no-break, full-width and other Unicode spaces.
bool is_unicode_space(char32_t value);

/// "a full-width space (U+3000)", "a no-break space (U+00A0)": for messages.
std::string describe_space(char32_t value);

}  // namespace sts::kube
