#include "kube/object/foreign_text.h"

#include "kube/object/utf8.h"

#include <string>
#include <utility>

namespace sts::kube {
namespace {

Problem problem(ByteRange where, std::string message, std::string fix) {
  return {ProblemKind::kSyntax, where, std::move(message), std::move(fix), {}, {}};
}

std::optional<Problem> pasted_in(const LineView& line) {
  const auto what = pasted(line.text);
  if (!what) return std::nullopt;
  return problem(line.content(), "this line is " + what->message, what->fix);
}

// Only where it acts for a space: at the line's beginning, behind a colon or a dash.
std::optional<Problem> unicode_space_in(const LineView& line) {
  for (std::size_t at = 0; at < line.text.size();) {
    const CodePoint point = read_code_point(line.text.substr(at));
    if (point.length == 0) break;
    const std::string_view before = line.text.substr(0, at);
    const bool acts = before.find_first_not_of(" \t") == std::string_view::npos ||
                      before.ends_with(':') || before.ends_with('-');
    if (is_unicode_space(point.value) && acts) {
      const std::uint32_t begin = line.begin + static_cast<std::uint32_t>(at);
      return problem({begin, begin + static_cast<std::uint32_t>(point.length)},
                     describe_space(point.value) + " stands where YAML wants an ordinary one",
                     "replace it with an ordinary space");
    }
    at += point.length;
  }
  return std::nullopt;
}

std::optional<Problem> tab_in(const LineView& line) {
  const std::size_t tab = line.text.find('\t');
  if (tab == std::string_view::npos || line.begin + tab >= line.first()) return std::nullopt;
  const std::uint32_t at = line.begin + static_cast<std::uint32_t>(tab);
  return problem({at, at + 1}, "a tab indents this line; YAML allows only spaces",
                 "replace the tab with spaces");
}

}  // namespace

std::optional<Problem> find_foreign_text(std::string_view text, ByteRange document,
                                         std::uint32_t began_at, const LineView& gave_up) {
  LineView first = line_at(text, document, began_at);
  if (const auto above = line_above(text, document, first)) first = *above;
  for (std::optional<LineView> line = first; line && line->begin <= gave_up.begin;
       line = next_line(text, document, *line)) {
    if (auto found = pasted_in(*line)) return found;
  }
  if (auto found = pasted_in(line_at(text, document, document.begin))) return found;
  if (auto found = unicode_space_in(gave_up)) return found;
  if (const auto above = line_above(text, document, gave_up)) {
    if (auto found = unicode_space_in(*above)) return found;
  }
  return tab_in(gave_up);
}

}  // namespace sts::kube
