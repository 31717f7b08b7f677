#include "lint/index/unread.h"

#include "lint/index/paths.h"

#include <algorithm>

namespace sts::lint {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\"'";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

}  // namespace

UnreadPart scan_unread(std::string_view text) {
  UnreadPart part;
  const std::string_view whole = text;
  bool says_kind = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.substr(0, 2) == "- ") line = trimmed(line.substr(2));
    // JSON's "kind": too.
    if (line.substr(0, 4) != "kind") continue;
    line = trimmed(line.substr(4));
    if (line.empty() || line.front() != ':') continue;
    line.remove_prefix(1);
    line = line.substr(0, std::min(line.find('#'), line.find(',')));
    const std::string_view kind = trimmed(line);
    says_kind = true;
    if (is_word(kind)) {
      part.kinds.emplace_back(kind);
    } else {
      part.any_kind = true;
    }
  }
  // Helm's library charts: `{{ include "common.all" . }}` and nothing else.
  if (!says_kind && has_any(whole, {"include ", "template ", "tpl ", "import", "macro"})) {
    part.any_kind = true;
  }
  return part;
}

std::string_view template_folder(std::string_view path) {
  const std::string_view own = folder_of(path);
  for (std::string_view folder = own; !folder.empty(); folder = folder_of(folder)) {
    if (file_name_of(folder) == "templates") return folder_of(folder);
  }
  return own;
}

bool is_near(std::string_view part, std::string_view folder) {
  return folder_holds(part, folder) || folder_holds(folder, part) ||
         !common_folder(part, folder).empty();
}

}  // namespace sts::lint
