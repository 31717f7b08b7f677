#include "lint/suppress/directive.h"
#include "lint/suppress/ignores.h"
#include "lint/suppress/texts.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace sts::lint {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trim_left(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
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

bool is_kubernetes(const kube::Document& document) {
  if (!document.tree) return false;
  const kube::Value root = document.tree->root();
  return root.get("apiVersion").exists() && root.get("kind").exists();
}

// The comments of one file.
class Comments {
 public:
  Comments(std::shared_ptr<const kube::SourceFile> source,
           const std::vector<kube::Document>& documents, std::vector<Ignore>& ignores,
           std::vector<IgnoreMistake>& mistakes)
      : source_(std::move(source)),
        documents_(documents),
        texts_(*source_, documents),
        next_lines_(*source_, documents),
        ignores_(ignores),
        mistakes_(mistakes) {}

  void read() {
    const std::uint32_t lines = source_->line_count();
    for (std::uint32_t number = 1; number <= lines; ++number) {
      const std::string_view line = source_->line(number);
      if (mentions_us(line)) read_line(number, line);
      if (!is_comment(line) && !is_empty(line)) content_seen_ = true;
    }
    // What other programs keep in their files is theirs.
    if (std::none_of(documents_.begin(), documents_.end(), is_kubernetes)) mistakes_.clear();
  }

 private:
  void read_line(std::uint32_t number, std::string_view line) {
    // Each is read to the line's end: of a line of nothing else only the first count.
    constexpr int kMostMarks = 64;
    std::size_t at = line.find('#');
    for (int marks = 0; at != std::string_view::npos && marks < kMostMarks; ++marks) {
      // `a#b` is no comment in YAML.
      const bool begins = at == 0 || is_blank(line[at - 1]);
      const auto directive = begins ? directive_of(line.substr(at)) : std::nullopt;
      if (directive) take(*directive, number, line, at);
      at = line.find('#', at + (directive ? std::max<std::size_t>(directive->end, 1) : 1));
    }
  }

  void take(const Directive& directive, std::uint32_t number, std::string_view line,
            std::size_t at) {
    const auto base = static_cast<std::uint32_t>(line.data() - source_->bytes().data()) +
                      static_cast<std::uint32_t>(at);
    Ignore ignore;
    ignore.line = number;
    ignore.quoted_in = texts_.around(base);
    const bool is_quoted = ignore.quoted_in.end > 0;
    if (!is_quoted) {
      set_scope(ignore, number, line);
    } else if (is_comment(line)) {
      ignore.line = next_lines_.after(number).line;
    }
    if (!is_quoted && !directive.problem.empty() && ignore.judged) {
      const kube::ByteRange wrong = directive.mistaken;
      mistakes_.push_back(
          {{source_, {base + wrong.begin, base + wrong.end}}, directive.problem, directive.fix});
    }
    for (const kube::ByteRange id : directive.ids) {
      ignore.id = {source_, {base + id.begin, base + id.end}};
      ignore.text = std::string(line.substr(at + id.begin, id.end - id.begin));
      ignore.rule = find_rule(ignore.text);
      if (ignore.rule != nullptr || !is_quoted) ignores_.push_back(ignore);
    }
  }

  void set_scope(Ignore& ignore, std::uint32_t number, std::string_view line) {
    if (is_comment(line)) {
      ignore.own_line = true;
      const NextLines::Next next = next_lines_.after(number);
      ignore.line = next.line;
      if (!content_seen_ && next.separator > number) {
        ignore.scope = IgnoreScope::kFile;
        ignore.judged = texts_.all_read();
        return;
      }
      if (const kube::Document* const document = next_lines_.document_at(next.line)) {
        ignore.scope = IgnoreScope::kObject;
        ignore.object = document->range;
        ignore.judged = document->tree != nullptr;
        return;
      }
    }
    const std::string_view meant = source_->line(ignore.line);
    if (meant.data() == nullptr) return;
    const auto begin = static_cast<std::uint32_t>(meant.data() - source_->bytes().data());
    const kube::ByteRange range{begin, begin + static_cast<std::uint32_t>(meant.size())};
    ignore.value = texts_.beginning_in(range);
    ignore.judged = texts_.is_read(begin);
  }

  std::shared_ptr<const kube::SourceFile> source_;
  const std::vector<kube::Document>& documents_;
  Texts texts_;
  NextLines next_lines_;
  std::vector<Ignore>& ignores_;
  std::vector<IgnoreMistake>& mistakes_;
  bool content_seen_ = false;  // something other than comments stood above, or a `---`
};

}  // namespace

void Ignores::add_comments(const std::shared_ptr<const kube::SourceFile>& source,
                           const std::vector<kube::Document>& documents) {
  if (!mentions_us(source->bytes())) return;
  InSource& into = by_source_[source.get()];
  into.source = source;
  const bool any_skipped = std::any_of(documents.begin(), documents.end(),
                                       [](const auto& document) { return document.skipped; });
  // Where the texts of a document lie is known only of one that was read.
  const std::vector<kube::Document> whole =
      any_skipped ? kube::read_documents(source) : std::vector<kube::Document>();
  Comments(source, any_skipped ? whole : documents, into.ignores, into.mistakes).read();
}

}  // namespace sts::lint
