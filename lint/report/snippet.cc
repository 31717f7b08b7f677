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
  const std::vector<Cell> cells = cells_of(line);
  if (cells.empty()) return result;
  const std::size_t begin = std::min<std::size_t>(span.begin.column - 1, cells.size());
  std::size_t end = span.end.line == span.begin.line
                        ? std::min<std::size_t>(span.end.column - 1, cells.size())
                        : cells.size();
  end = std::max(end, begin);

  // The window of a long line: grown from the place to the right, after a little context.
  std::size_t first = 0;
  std::size_t last = cells.size();
  if (sum(cells, 0, cells.size()) > kMaxColumns) {
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
  std::string text = first > 0 ? "…" : "";
  for (std::size_t i = first; i < last; ++i) text += cells[i].text;
  if (last < cells.size()) text += "…";
  result.indent = (first > 0 ? 1 : 0) + sum(cells, first, begin);
  result.length = std::max<std::size_t>(sum(cells, begin, end), 1);
  result.text = printable(text, reader);
  return result;
}

}  // namespace sts::lint
