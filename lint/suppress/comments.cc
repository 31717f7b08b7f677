#include "lint/suppress/ignores.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

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

// Where comments alone on their line lead: of a run of comments every one to the same line.
class NextLines {
 public:
  NextLines(const kube::SourceFile& source, const std::vector<kube::Document>& documents)
      : source_(source), documents_(documents) {}

  struct Next {
    std::uint32_t line = 0;  // the next that is neither blank, comment nor `---`; past the last
    std::uint32_t separator = 0;  // the last `---` before it; 0 for none
  };

  // To be asked from the first line to the last.
  Next after(std::uint32_t number) {
    if (number < next_.line) return next_;
    next_ = {number + 1, 0};
    for (; next_.line <= source_.line_count(); ++next_.line) {
      const std::string_view text = source_.line(next_.line);
      if (is_separator(text)) {
        next_.separator = next_.line;
      } else if (!is_comment(text) && !is_empty(text)) {
        break;
      }
    }
    return next_;
  }

  // The first document whose first line this is; null for none.
  const kube::Document* document_at(std::uint32_t line) {
    if (!first_lines_) {
      first_lines_.emplace();
      for (const kube::Document& document : documents_) {
        first_lines_->emplace(first_line(source_, document), &document);
      }
    }
    const auto found = first_lines_->find(line);
    return found == first_lines_->end() ? nullptr : found->second;
  }

 private:
  const kube::SourceFile& source_;
  const std::vector<kube::Document>& documents_;
  Next next_;
  std::optional<std::unordered_map<std::uint32_t, const kube::Document*>> first_lines_;
};

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
  std::vector<Ignore>& ignores = by_source_[source.get()].all;
  NextLines next_lines(*source, documents);
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
      const NextLines::Next next = next_lines.after(number);
      ignore.line = next.line;
      if (!content_seen && next.separator > number) {
        ignore.scope = IgnoreScope::kFile;
      } else if (const kube::Document* document = next_lines.document_at(next.line)) {
        ignore.scope = IgnoreScope::kObject;
        ignore.object = document->range;
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
