#include "kube/text/printable.h"

#include "kube/object/utf8.h"

#include <algorithm>
#include <iterator>

namespace sts::kube {
namespace {

constexpr char kHex[] = "0123456789abcdef";

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool contains(const Range (&ranges)[N], char32_t c) {
  const auto* const after =
      std::upper_bound(std::begin(ranges), std::end(ranges), c,
                       [](char32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(ranges) && c <= std::prev(after)->last;
}

// Direction marks, line separators and other invisible characters that make a line look like
// another one (Unicode TR 36, 2.4), C1 controls, BOM, tags.
constexpr Range kHidden[] = {{0x80, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},
                             {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
                             {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

// Blocks of combining marks (Unicode general category Mn/Me), the common ones.
constexpr Range kZeroWidth[] = {
    {0x300, 0x36f},   {0x483, 0x489},    {0x591, 0x5bd},   {0x610, 0x61a},   {0x64b, 0x65f},
    {0x93c, 0x93c},   {0x941, 0x948},    {0x94d, 0x94d},   {0xe31, 0xe31},   {0xe34, 0xe3a},
    {0xe47, 0xe4e},   {0x1ab0, 0x1aff},  {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f},
    {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef}};

// East Asian Width W and F (Unicode EastAsianWidth.txt), joined to blocks.
constexpr Range kWide[] = {
    {0x1100, 0x115f},  {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x2614, 0x2615},
    {0x26a1, 0x26a1},  {0x2705, 0x2705},   {0x274c, 0x274c},   {0x2753, 0x2755},
    {0x2757, 0x2757},  {0x2795, 0x2797},   {0x2e80, 0x303e},   {0x3041, 0x33ff},
    {0x3400, 0x4dbf},  {0x4e00, 0xa4cf},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},  {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},   {0xff01, 0xff60},
    {0xffe0, 0xffe6},  {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
    {0x20000, 0x3fffd}};

void append_hex(std::string& out, char32_t value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kHex[(value >> shift) & 0xf];
}

}  // namespace

int width(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (contains(kZeroWidth, code_point)) return 0;
  return contains(kWide, code_point) ? 2 : 1;
}

std::string printable(std::string_view text, Reader reader) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  if (reader == Reader::kActionsLog) {
    // The runner trims a line before it looks for `::`.
    const std::size_t first = text.find_first_not_of(" \t");
    if (first != std::string_view::npos && text.substr(first).starts_with("::")) {
      out.append(text.substr(0, first)).append("\\x3a");
      at = first + 1;
    }
  }
  while (at < text.size()) {
    if (reader == Reader::kActionsLog && text.substr(at).starts_with("##[")) {
      out += "##\\x5b";
      at += 3;
      continue;
    }
    const CodePoint c = read_code_point(text.substr(at));
    if (c.length == 0) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(text[at]), 2);
    } else if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '\r') {
      out += "\\r";
    } else if ((c.value < 0x20 && c.value != '\t') || c.value == 0x7f) {
      out += "\\x";
      append_hex(out, c.value, 2);
    } else if (contains(kHidden, c.value)) {
      out += c.value > 0xffff ? "\\U" : "\\u";
      append_hex(out, c.value, c.value > 0xffff ? 8 : 4);
    } else {
      out += text.substr(at, c.length);
    }
    at += std::max<std::size_t>(c.length, 1);
  }
  return out;
}

}  // namespace sts::kube
