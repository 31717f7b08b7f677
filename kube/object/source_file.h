#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

/// A place in a text file as people count it: line and column from 1, the column in Unicode code
/// points (a tab counts one).
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Position&, const Position&) = default;
};

/// From `begin` up to, not including, `end`.
struct Span {
  Position begin;
  Position end;

  friend auto operator<=>(const Span&, const Span&) = default;
};

/// Byte offsets into SourceFile::bytes(), end exclusive. Everything inside the program counts in
/// bytes; positions are made only for people.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

/// The bytes of one input, under the name that it is shown by. Immutable; below 4 GiB. Trees and
/// findings keep it alive by shared_ptr. Thread-safe.
class SourceFile {
 public:
  SourceFile(std::string name, std::string bytes);

  /// As shown to people: relative to the working directory as given, or `<stdin>`.
  const std::string& name() const { return name_; }
  std::string_view bytes() const { return bytes_; }

  /// Line breaks are \n, \r\n and lone \r. Offsets past the end give the end. A leading BOM has no
  /// width.
  Position position(std::uint32_t offset) const;
  Span span(ByteRange range) const { return {position(range.begin), position(range.end)}; }

  /// Line `number` (from 1) without its line break; empty past the end.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t line_count() const;

 private:
  const std::vector<std::uint32_t>& line_starts() const;
  std::uint32_t code_points_before(std::uint32_t offset) const;

  std::string name_;
  std::string bytes_;
  mutable std::once_flag lines_once_;
  mutable std::vector<std::uint32_t>
      line_starts_;  // built on first use: most files have no finding
  mutable std::once_flag marks_once_;
  mutable std::vector<std::uint32_t> marks_;  // code points before each block, for long lines only
};

}  // namespace sts::kube
