#include "rollout/report/table.h"

#include "kube/object/utf8.h"
#include "kube/text/printable.h"

#include <algorithm>

namespace sts::rollout {
namespace {

constexpr std::size_t kGap = 3;

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const kube::CodePoint point = kube::read_code_point(text);
    columns += static_cast<std::size_t>(kube::width(point.value));
    text.remove_prefix(std::max<std::size_t>(point.length, 1));
  }
  return columns;
}

std::string shown(const Cell& cell) { return cell.text.empty() ? "-" : kube::printable(cell.text); }

void append_row(std::string& out, const std::vector<std::string>& texts,
                const std::vector<Style>& styles, const std::vector<std::size_t>& widths,
                bool colour) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out += styled(styles[i], texts[i], colour);
    if (i + 1 < texts.size()) out.append(widths[i] - columns_of(texts[i]) + kGap, ' ');
  }
  out += '\n';
}

}  // namespace

std::string Table::render(bool colour) const {
  std::vector<std::size_t> widths;
  for (const std::string& title : header_) widths.push_back(columns_of(title));
  std::vector<std::vector<std::string>> texts(rows_.size());
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    for (std::size_t c = 0; c < rows_[r].cells.size(); ++c) {
      texts[r].push_back(shown(rows_[r].cells[c]));
      widths[c] = std::max(widths[c], columns_of(texts[r].back()));
    }
  }
  std::string out;
  append_row(out, header_, std::vector<Style>(header_.size(), Style::kPlain), widths, colour);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (rows_[r].cells.empty()) {
      out += styled(Style::kDim, kube::printable(rows_[r].line), colour) + "\n";
      continue;
    }
    std::vector<Style> styles;
    for (const Cell& cell : rows_[r].cells) styles.push_back(cell.style);
    append_row(out, texts[r], styles, widths, colour);
  }
  return out;
}

}  // namespace sts::rollout
