#pragma once

#include "kube/object/source_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// The line around a byte of a document: for messages that look at what a person wrote.
struct LineView {
  std::uint32_t begin = 0;  // offset of its first byte
  std::string_view text;    // without its line break

  std::uint32_t end() const { return begin + static_cast<std::uint32_t>(text.size()); }
  /// Offset of the first byte that is no blank; end() for a blank line.
  std::uint32_t first() const;
  std::uint32_t indent() const { return first() - begin; }
  bool blank_or_comment() const { return first() == end() || text[first() - begin] == '#'; }
  /// From the first to the last byte that is no blank.
  ByteRange content() const;
};

LineView line_at(std::string_view text, ByteRange document, std::uint32_t offset);
/// The nearest line above that says something; nothing where there is none in the document.
std::optional<LineView> line_above(std::string_view text, ByteRange document, LineView line);
std::optional<LineView> next_line(std::string_view text, ByteRange document, LineView line);

/// What a line is that is no YAML at all ("a Markdown code fence"), and what to do about it.
struct Foreign {
  std::string message;
  std::string fix;
};

/// Something that came along with the YAML: a shell prompt or command, a merge conflict's marker, a
/// Markdown fence. Lines that begin at column 1 only.
std::optional<Foreign> pasted(std::string_view line);

}  // namespace sts::kube
