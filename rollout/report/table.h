#pragma once

#include "rollout/report/style.h"

#include <string>
#include <vector>

namespace sts::rollout {

struct Cell {
  std::string text;  // made harmless by the table
  Style style = Style::kPlain;
};

/// A table as kubectl prints it: left-aligned columns, three spaces between them
/// (cli-runtime/pkg/printers/tableprinter.go, v0.34), "<none>" never: an empty cell is "-".
class Table {
 public:
  explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}

  void add(std::vector<Cell> row) { rows_.push_back({std::move(row), ""}); }
  /// A line across all columns, which takes no part in their widths.
  void add_line(std::string text) { rows_.push_back({{}, std::move(text)}); }
  std::string render(bool colour) const;

 private:
  struct Row {
    std::vector<Cell> cells;
    std::string line;
  };

  std::vector<std::string> header_;
  std::vector<Row> rows_;
};

}  // namespace sts::rollout
