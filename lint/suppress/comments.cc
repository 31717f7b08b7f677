#include "lint/suppress/ignores.h"

#include <algorithm>
#include <string_view>

namespace sts::lint {
namespace {

constexpr std::string_view kMark = "kubectl-sts:";
constexpr std::string_view kIgnore = "ignore=";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trim_left(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

// The ids' part of an ignore comment in a line, or an empty view with null data.
std::string_view ids_of(std::string_view line) {
  const std::size_t mark = line.find(kMark);
  if (mark == std::string_view::npos) return {};
  std::size_t hash = mark;
  while (hash > 0 && is_blank(line[hash - 1])) --hash;
  if (hash == 0 || line[hash - 1] != '#') return {};
  --hash;
  // `a#b` is no comment in YAML; `## kubectl-sts: …` is one.
  while (hash > 0 && line[hash - 1] == '#') --hash;
  if (hash > 0 && !is_blank(line[hash - 1])) return {};
  const std::string_view rest = trim_left(line.substr(mark + kMark.size()));
  if (!rest.starts_with(kIgnore)) return {};
  return rest.substr(kIgnore.size());
}

bool is_comment(std::string_view line) { return trim_left(line).starts_with('#'); }
bool is_empty(std::string_view line) { return trim_left(line).empty(); }
bool is_separator(std::string_view line) { return line.starts_with("---"); }

// Line of the first thing in a document that is neither blank nor comment; 0 for none.
std::uint32_t first_line(const kube::SourceFile& source, const kube::Document& document) {
  const std::uint32_t last = source.position(document.range.end).line;
  for (std::uint32_t line = source.position(document.range.begin).line; line <= last; ++line) {
    const std::string_view text = source.line(line);
    if (!is_comment(text) && !is_empty(text) && !is_separator(text)) return line;
  }
  return 0;
}

}  // namespace

std::vector<kube::ByteRange> split_ids(std::string_view text) {
  std::vector<kube::ByteRange> ids;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_blank(text[at]) || text[at] == ',' || text[at] == '\n') {
      ++at;
      continue;
    }
    if (text.substr(at).starts_with("--")) break;
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end]) && text[end] != ',' && text[end] != '\n') {
      ++end;
    }
    ids.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end;
    // Ids are joined by commas; anything else after one is prose.
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at < text.size() && text[at] != ',') break;
  }
  return ids;
}

void Ignores::add_comments(const std::shared_ptr<const kube::SourceFile>& source,
                           const std::vector<kube::Document>& documents) {
  const std::string_view bytes = source->bytes();
  if (bytes.find(kMark) == std::string_view::npos) return;
  std::vector<Ignore>& ignores = by_source_[source.get()];
  bool content_seen = false;  // something other than comments stood above, or a `---`
  const std::uint32_t lines = source->line_count();
  for (std::uint32_t number = 1; number <= lines; ++number) {
    const std::string_view line = source->line(number);
    const std::string_view ids = ids_of(line);
    if (ids.data() == nullptr) {
      if (!is_comment(line) && !is_empty(line)) content_seen = true;
      continue;
    }
    Ignore ignore;
    ignore.line = number;
    if (is_comment(line)) {
      ignore.own_line = true;
      std::uint32_t next = number + 1;
      bool separator = false;
      while (next <= lines) {
        const std::string_view text = source->line(next);
        if (is_separator(text)) {
          separator = true;
        } else if (!is_comment(text) && !is_empty(text)) {
          break;
        }
        ++next;
      }
      ignore.line = next;
      if (!content_seen && separator) ignore.scope = IgnoreScope::kFile;
      for (const kube::Document& document : documents) {
        if (ignore.scope != IgnoreScope::kLine || first_line(*source, document) != next) continue;
        ignore.scope = IgnoreScope::kObject;
        ignore.object = document.range;
      }
    }
    const auto base = static_cast<std::uint32_t>(ids.data() - bytes.data());
    for (const kube::ByteRange id : split_ids(ids)) {
      ignore.id = {source, {base + id.begin, base + id.end}};
      ignore.text = std::string(ids.substr(id.begin, id.end - id.begin));
      ignore.rule = find_rule(ignore.text);
      ignores.push_back(ignore);
    }
  }
  if (ignores.empty()) by_source_.erase(source.get());
}

}  // namespace sts::lint
