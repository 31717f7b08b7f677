#include "lint/index/unread.h"

#include "lint/index/kinds.h"
#include "lint/index/paths.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

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

// The text behind `key:`, JSON's `"key":` too; nothing on other lines.
std::optional<std::string_view> value_of(std::string_view line, std::string_view key) {
  if (line.substr(0, key.size()) != key) return std::nullopt;
  line = trimmed(line.substr(key.size()));
  if (line.empty() || line.front() != ':') return std::nullopt;
  line.remove_prefix(1);
  return trimmed(line.substr(0, std::min(line.find('#'), line.find(','))));
}

}  // namespace

UnreadPart scan_unread(std::string_view text) {
  UnreadPart part;
  const std::string_view whole = text;
  std::string kind_before;
  bool says_kind = false;
  bool in_metadata = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.substr(0, 2) == "- ") line = trimmed(line.substr(2));
    if (value_of(line, "metadata")) in_metadata = true;
    if (const auto name = value_of(line, "name"); name && in_metadata) {
      if (!name->empty()) part.names.emplace_back(kind_before, *name);
      in_metadata = false;
    }
    const auto kind = value_of(line, "kind");
    if (!kind) continue;
    says_kind = true;
    in_metadata = false;
    kind_before.clear();
    if (is_word(*kind)) {
      kind_before = *kind;
      part.kinds.emplace_back(*kind);
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

void thin_out(std::vector<UnreadPart>& parts) {
  constexpr std::string_view kAny = "*";
  std::set<std::tuple<std::string, bool, std::string>> told;
  const auto is_new = [&](const UnreadPart& part, std::string_view kind) {
    const bool any_told = told.count({part.folder, part.only_along_path, std::string(kAny)}) > 0;
    return told.insert({part.folder, part.only_along_path, std::string(kind)}).second && !any_told;
  };
  std::erase_if(parts, [&](UnreadPart& part) {
    if (part.any_kind) return !is_new(part, kAny);
    std::erase_if(part.kinds, [&](const std::string& kind) {
      return kind_named(kind) == Kind::kOther || !is_new(part, kind);
    });
    return part.kinds.empty();
  });
}

std::string_view template_folder(std::string_view path) {
  const std::string_view own = folder_of(path);
  for (std::string_view folder = own; !folder.empty(); folder = folder_of(folder)) {
    if (file_name_of(folder) == "templates") return folder_of(folder);
  }
  return own;
}

bool installs_more(std::string_view api_version, std::string_view kind) {
  const auto is = [&](std::string_view group, std::string_view name) {
    return kind == name && api_version.substr(0, group.size()) == group;
  };
  return is("helm.toolkit.fluxcd.io/", "HelmRelease") || is("helm.fluxcd.io/", "HelmRelease") ||
         is("helm.cattle.io/", "HelmChart") || is("argoproj.io/", "Application");
}

bool is_near(const UnreadPart& part, std::string_view folder) {
  if (!part.only_along_path) return is_near(part.folder, folder);
  return folder_holds(part.folder, folder) || folder_holds(folder, part.folder);
}

bool is_near(std::string_view part, std::string_view folder) {
  return folder_holds(part, folder) || folder_holds(folder, part) ||
         !common_folder(part, folder).empty();
}

}  // namespace sts::lint
