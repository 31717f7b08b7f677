#include "lint/report/snippet.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace sts::lint {
namespace {

constexpr std::size_t kMaxColumns = 100;
// What stays visible left of the place when a long line is cut.
constexpr std::size_t kLeftOfPlace = 30;
constexpr std::size_t kTabWidth = 4;
// Bytes of a line on either side of the place that can become visible; of a line of megabytes, no
// more is looked at.
constexpr std::size_t kAround = 2048;

// One code point of the line as it is shown.
struct Cell {
  std::string text;
  std::size_t columns = 0;
};

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    columns += static_cast<std::size_t>(width(c.value));
    at += c.size;
  }
  return columns;
}

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = decode(line, at);
    Cell cell;
    cell.text = c.value == '\t' ? std::string(kTabWidth, ' ') : printable(line.substr(at, c.size));
    cell.columns = columns_of(cell.text);
    cells.push_back(std::move(cell));
    at += c.size;
  }
  return cells;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode(text, at).size;
  return count;
}

// The start of the code point that holds a byte.
std::size_t start_of(std::string_view text, std::size_t at) {
  const auto continues = [&] { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  for (int i = 0; i < 3 && at > 0 && at < text.size() && continues(); ++i) --at;
  return at;
}

std::size_t sum(const std::vector<Cell>& cells, std::size_t first, std::size_t last) {
  std::size_t columns = 0;
  for (std::size_t i = first; i < last; ++i) columns += cells[i].columns;
  return columns;
}

}  // namespace

Snippet snippet(const Place& place, Reader reader) {
  Snippet result;
  const kube::Span span = place.span();
  result.line = span.begin.line;
  std::string_view line = place.source->line(span.begin.line);
  if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);  // a BOM has no column
  const auto start = static_cast<std::size_t>(line.data() - place.source->bytes().data());
  const auto within = [&](std::size_t offset) {
    return std::clamp(offset, start, start + line.size()) - start;
  };
  const std::size_t at = within(place.range.begin);
  const std::size_t from = at > kAround ? start_of(line, at - kAround) : 0;
  const std::size_t to = line.size() - at > kAround ? start_of(line, at + kAround) : line.size();
  const bool is_cut = from > 0 || to < line.size();
  const std::vector<Cell> cells = cells_of(line.substr(from, to - from));
  if (cells.empty()) return result;
  const std::size_t begin = code_points(line.substr(from, at - from));
  std::size_t end =
      span.end.line == span.begin.line
          ? code_points(line.substr(from, std::min(within(place.range.end), to) - from))
          : cells.size();
  end = std::max(end, begin);

  // The window of a long line: grown from the place to the right, after a little context.
  std::size_t first = 0;
  std::size_t last = cells.size();
  if (is_cut || sum(cells, 0, cells.size()) > kMaxColumns) {
    first = begin;
    for (std::size_t columns = 0; first > 0 && columns < kLeftOfPlace; --first) {
      columns += cells[first - 1].columns;
    }
    // At the end of a line there is room for more of what comes before.
    while (first > 0 && sum(cells, first - 1, cells.size()) <= kMaxColumns) --first;
    last = first;
    for (std::size_t columns = 0; last < cells.size() && columns < kMaxColumns; ++last) {
      columns += cells[last].columns;
    }
    end = std::min(end, last);
  }
  const bool more_left = first > 0 || from > 0;
  std::string text = more_left ? "…" : "";
  for (std::size_t i = first; i < last; ++i) text += cells[i].text;
  if (last < cells.size() || to < line.size()) text += "…";
  result.indent = (more_left ? 1 : 0) + sum(cells, first, begin);
  result.length = std::max<std::size_t>(sum(cells, begin, end), 1);
  result.text = printable(text, reader);
  return result;
}

}  // namespace sts::lint
