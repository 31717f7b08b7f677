#include "kube/object/line_view.h"

#include <algorithm>
#include <array>

namespace sts::kube {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

// "$ kubectl …", "me@host:~/x$ …", "[root@host ~]# …", "PS C:\> …".
bool is_prompt(std::string_view line) {
  if (line == "$" || line.starts_with("$ ") || line.starts_with("% ") ||
      line.starts_with("PS C:\\")) {
    return true;
  }
  const bool bracket = line.starts_with('[');
  std::size_t at = bracket ? 1 : 0;
  const std::size_t user = at;
  while (at < line.size() && is_word(line[at])) ++at;
  if (at == user || at == line.size() || line[at] != '@') return false;
  const std::size_t host = ++at;
  while (at < line.size() && is_word(line[at])) ++at;
  if (at == host) return false;
  const std::size_t mark = line.find_first_of("$#%>", at);
  if (mark == std::string_view::npos) return false;
  // Between host and mark only a path may stand: "a@b.c: costs 5$ a month" is no prompt.
  const std::string_view between = line.substr(at, mark - at);
  if (between.find(": ") != std::string_view::npos) return false;
  if (bracket != (between.find(']') != std::string_view::npos)) return false;
  return mark + 1 == line.size() || line[mark + 1] == ' ';
}

bool is_command(std::string_view line) {
  constexpr std::array<std::string_view, 6> kCommands = {"kubectl ", "helm ",      "cat ",
                                                         "sudo ",    "kustomize ", "oc "};
  return std::any_of(kCommands.begin(), kCommands.end(),
                     [&](std::string_view command) { return line.starts_with(command); }) &&
         line.find(": ") == std::string_view::npos;
}

}  // namespace

std::uint32_t LineView::first() const {
  const std::size_t at = text.find_first_not_of(" \t\r");
  return at == std::string_view::npos ? end() : begin + static_cast<std::uint32_t>(at);
}

ByteRange LineView::content() const {
  const std::size_t last = text.find_last_not_of(" \t\r");
  if (last == std::string_view::npos) return {begin, begin};
  return {first(), begin + static_cast<std::uint32_t>(last) + 1};
}

LineView line_at(std::string_view text, ByteRange document, std::uint32_t offset) {
  offset = std::clamp(offset, document.begin, document.end);
  std::uint32_t begin = offset;
  while (begin > document.begin && text[begin - 1] != '\n') --begin;
  std::size_t end = text.find('\n', begin);
  end = std::min<std::size_t>(end, document.end);
  std::string_view line = text.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return {begin, line};
}

std::optional<LineView> line_above(std::string_view text, ByteRange document, LineView line) {
  while (line.begin > document.begin) {
    line = line_at(text, document, line.begin - 1);
    if (!line.blank_or_comment()) return line;
  }
  return std::nullopt;
}

std::optional<LineView> next_line(std::string_view text, ByteRange document, LineView line) {
  const std::size_t newline = text.find('\n', line.begin);
  if (newline == std::string_view::npos || newline + 1 >= document.end) return std::nullopt;
  return line_at(text, document, static_cast<std::uint32_t>(newline) + 1);
}

std::optional<Foreign> pasted(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("<<<<<<< ") || line == "=======" || line.starts_with(">>>>>>> ")) {
    return Foreign{"the marker of an unresolved merge conflict", "resolve the conflict"};
  }
  if (line.starts_with("```")) return Foreign{"a Markdown code fence", "delete the line"};
  if (is_prompt(line)) {
    return Foreign{"a shell prompt, pasted along with the YAML", "delete the line"};
  }
  if (is_command(line)) {
    return Foreign{"a shell command, pasted along with the YAML", "delete the line"};
  }
  return std::nullopt;
}

}  // namespace sts::kube
