#include "kube/object/reader.h"

#include "kube/object/json_reader.h"
#include "kube/object/line_view.h"
#include "kube/object/prescan.h"
#include "kube/object/split.h"
#include "kube/object/template.h"
#include "kube/object/tree_builder.h"
#include "kube/object/utf8.h"
#include "kube/object/yaml_error.h"
#include "kube/object/yaml_reader.h"
#include "kube/parallel.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace sts::kube {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Reader {
 public:
  Reader(std::shared_ptr<const SourceFile> source, const ReadOptions& options)
      : source_(std::move(source)), options_(options), text_(source_->bytes()) {}

  std::vector<Document> read(std::span<const Chunk> chunks) {
    for (const Chunk& chunk : chunks) read_chunk(chunk);
    return std::move(documents_);
  }

 private:
  std::string_view slice(ByteRange range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }
  bool braced(ByteRange range) const {
    const std::uint32_t first = skip_blanks(range);
    return first < range.end && text_[first] == '{';
  }
  std::uint32_t skip_blanks(ByteRange range) const {
    std::uint32_t at = range.begin;
    while (at < range.end && is_blank(text_[at])) ++at;
    return at;
  }
  bool wanted(std::optional<std::string_view> kind) const {
    return !kind || !options_.wanted || options_.wanted(*kind);
  }

  void read_chunk(const Chunk& chunk);
  bool read_json_stream(ByteRange range, std::vector<Problem>& pending);
  Document junk_between_objects(ByteRange rest) const;
  bool skip_json_object(ByteRange rest, Document& document, std::uint32_t& end) const;
  bool read_json_object(ByteRange range, Document& document, std::uint32_t& end);
  void read_yaml_document(Document& document);
  void take_tree(Document& document);
  void note_trailing(Document& document, std::uint32_t at);
  bool retry_as_template(Document& document);
  void note_helm(Document& document);
  std::optional<Problem> odd_content(ByteRange range) const;

  std::shared_ptr<const SourceFile> source_;
  const ReadOptions& options_;
  std::string_view text_;
  std::string masked_;  // a copy of text_ with template actions masked; made when first needed
  TreeBuilder builder_;
  std::vector<Document> documents_;
};

Problem problem_at(ProblemKind kind, ByteRange where, std::string message, std::string fix) {
  return {kind, where, std::move(message), std::move(fix), {}, {}};
}

// `{"`, `{}` or `{ //`: meant as JSON, so its errors are told in JSON's terms.
bool looks_like_json(std::string_view text) {
  if (!text.starts_with('{')) return false;
  const std::size_t second = text.find_first_not_of(" \t\r\n", 1);
  return second != std::string_view::npos &&
         std::string_view("\"}/").find(text[second]) != std::string_view::npos;
}

void Reader::read_chunk(const Chunk& chunk) {
  std::vector<Problem> pending;
  if (chunk.separator_text) {
    pending.push_back(
        problem_at(ProblemKind::kDocSeparator, *chunk.separator_text,
                   "text after \"---\" on the same line: kubectl refuses the whole file",
                   "put it on a line of its own"));
  }
  if (chunk.separator_mark) {
    pending.push_back(problem_at(ProblemKind::kSyntax, *chunk.separator_mark,
                                 "a byte order mark (U+FEFF) hides this \"---\" from kubectl",
                                 "remove the mark"));
  }
  // A mark at the beginning of glued files has been told of; the document begins behind it.
  ByteRange range = chunk.range;
  Prescan scan = prescan(text_, range, braced(range));
  if (slice(range).starts_with(kByteOrderMark)) {
    range.begin += static_cast<std::uint32_t>(kByteOrderMark.size());
  }
  std::move(scan.problems.begin(), scan.problems.end(), std::back_inserter(pending));

  Document document;
  document.range = range;
  if (!scan.readable) {
    document.problems = std::move(pending);
    documents_.push_back(std::move(document));
    return;
  }
  if (is_blank_document(slice(range))) {
    if (pending.empty()) return;
    document.problems = std::move(pending);
    documents_.push_back(std::move(document));
    return;
  }
  // As apimachinery's GuessJSONStream: what begins with a brace is first tried as JSON.
  if (braced(range) && read_json_stream(range, pending)) return;
  document.problems = std::move(pending);
  if (wanted(sniff_kind(slice(range)))) {
    read_yaml_document(document);
  } else {
    document.skipped = true;
  }
  documents_.push_back(std::move(document));
}

/// Reads JSON objects one behind the other. False where the text is YAML after all.
bool Reader::read_json_stream(ByteRange range, std::vector<Problem>& pending) {
  const std::size_t before = documents_.size();
  bool said_junk = false;
  for (std::uint32_t at = skip_blanks(range); at < range.end; at = skip_blanks({at, range.end})) {
    const ByteRange rest{at, range.end};
    if (is_blank_document(slice(rest))) break;
    Document document;
    std::uint32_t end = 0;
    if (text_[at] != '{') {
      document = junk_between_objects(rest);
      at = document.range.end;
      if (!std::exchange(said_junk, true)) documents_.push_back(std::move(document));
      continue;
    }
    const bool taken =
        skip_json_object(rest, document, end) || read_json_object(rest, document, end);
    if (!taken && documents_.size() == before) {
      if (!looks_like_json(slice(rest))) return false;
      Document yaml;
      yaml.range = range;
      read_yaml_document(yaml);
      const bool broken = std::any_of(yaml.problems.begin(), yaml.problems.end(),
                                      [](const auto& p) { return p.kind == ProblemKind::kSyntax; });
      if (!broken) {
        document = std::move(yaml);
        end = range.end;
      }
    }
    documents_.push_back(std::move(document));
    at = end;
  }
  if (documents_.size() > before) {
    auto& problems = documents_[before].problems;
    problems.insert(problems.begin(), pending.begin(), pending.end());
  }
  return true;
}

Document Reader::junk_between_objects(ByteRange rest) const {
  Document document;
  const std::size_t next = std::min<std::size_t>(text_.find('{', rest.begin), rest.end);
  document.range = {rest.begin, static_cast<std::uint32_t>(next)};
  if (auto comment = find_json_comment(text_, document.range)) {
    document.problems.push_back(std::move(*comment));
    return document;
  }
  document.problems.push_back(
      problem_at(ProblemKind::kSyntax, line_at(text_, document.range, rest.begin).content(),
                 "only another JSON object may follow a JSON object",
                 "remove this, or put the objects into the items of a List"));
  return document;
}

bool Reader::skip_json_object(ByteRange rest, Document& document, std::uint32_t& end) const {
  const auto glance = options_.wanted ? glance_at_json(text_, rest) : std::nullopt;
  if (!glance || wanted(glance->kind)) return false;
  end = glance->end;
  document.range = {rest.begin, end};
  document.skipped = true;
  return true;
}

/// Where it fails, `end` is where the next object may begin.
bool Reader::read_json_object(ByteRange range, Document& document, std::uint32_t& end) {
  builder_.clear(text_, options_.alias_budget);
  JsonOutcome outcome = read_json(text_, range, builder_);
  if (outcome.read) {
    end = outcome.end;
    document.range = {range.begin, end};
    take_tree(document);
    return true;
  }
  const auto glance = glance_at_json(text_, range);
  end = glance ? glance->end : range.end;
  document.range = {range.begin, end};
  if (builder_.error()) {
    document.problems.push_back(*builder_.error());
  } else if (outcome.error) {
    document.problems.push_back(std::move(*outcome.error));
  }
  return false;
}

void Reader::read_yaml_document(Document& document) {
  builder_.clear(text_, options_.alias_budget);
  const YamlOutcome outcome = read_yaml(text_, document.range, builder_);
  if (outcome.read) {
    if (auto problem = odd_content(document.range)) {
      document.problems.push_back(std::move(*problem));
      return;
    }
    take_tree(document);
    if (outcome.trailing) note_trailing(document, *outcome.trailing);
    note_helm(document);
    return;
  }
  // The builder is needed for the template; what went wrong is told from what it says now.
  std::optional<Problem> why = builder_.error();
  const std::uint32_t first = skip_blanks(document.range);
  if (!why && text_.substr(first, document.range.end - first).starts_with('/')) {
    why = find_json_comment(text_, {first, document.range.end});
  }
  if (!why && outcome.error) {
    why = explain_yaml_error(text_, document.range, *outcome.error,
                             {builder_.last_scalar(), builder_.innermost_open()});
  }
  if (retry_as_template(document)) return;
  if (why) document.problems.push_back(std::move(*why));
}

void Reader::take_tree(Document& document) {
  for (Problem& problem : builder_.take_duplicates())
    document.problems.push_back(std::move(problem));
  if (!builder_.empty()) document.tree = builder_.finish(source_);
}

void Reader::note_trailing(Document& document, std::uint32_t at) {
  const LineView line = line_at(text_, document.range, at);
  const std::uint32_t end = std::max(line.content().end, at);
  document.problems.push_back(
      problem_at(ProblemKind::kDropped, {at, end},
                 "the document ends before this; kubectl drops the rest of it",
                 "begin a new document with a line \"---\""));
}

std::string template_fix(bool helm) {
  return helm ? "render it and pipe it in: helm template . | kubectl sts lint -"
              : "render it and pipe it in: ... | kubectl sts lint -";
}

/// A document that is no YAML because of its template actions. Where it is one without them, it is
/// read with placeholders in their places.
bool Reader::retry_as_template(Document& document) {
  const std::string_view part = slice(document.range);
  const bool possible =
      part.find("{{") != std::string_view::npos || part.find("{%") != std::string_view::npos ||
      part.find("${") != std::string_view::npos || part.find('@') != std::string_view::npos;
  if (!possible) return false;
  if (masked_.empty()) masked_ = text_;
  const TemplateMask mask = mask_templates(masked_, document.range);
  if (!mask.found) return false;
  document.problems.push_back(problem_at(ProblemKind::kTemplate, mask.where,
                                         "an unrendered template", template_fix(mask.helm)));
  if (mask.control) return true;
  builder_.clear(masked_, options_.alias_budget);
  // Keys that differ only inside their actions look alike now: duplicates mean nothing here.
  if (read_yaml(masked_, document.range, builder_).read && !builder_.empty()) {
    document.tree = builder_.finish(source_);
  }
  return true;
}

void Reader::note_helm(Document& document) {
  if (!document.tree || slice(document.range).find("{{") == std::string_view::npos) return;
  const Tree& tree = *document.tree;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const Node& node = tree.node(i);
    const bool plain = node.kind == NodeKind::kScalar && node.style == ScalarStyle::kPlain;
    if (plain && mentions_helm(tree.text(i))) {
      document.problems.push_back(problem_at(ProblemKind::kTemplate, {node.begin, node.end},
                                             "an unrendered template", template_fix(true)));
      return;
    }
  }
}

/// What parses but is not what was meant: a text instead of an object, wide spaces as indentation.
std::optional<Problem> Reader::odd_content(ByteRange range) const {
  if (builder_.root_is_plain_scalar()) {
    const LineView line = line_at(text_, range, builder_.root_begin());
    if (const auto what = pasted(line.text)) {
      return problem_at(ProblemKind::kSyntax, line.content(), "this line is " + what->message,
                        what->fix);
    }
  }
  if (const auto at = builder_.key_with_unicode_space()) {
    const CodePoint point = read_code_point(text_.substr(*at));
    return problem_at(ProblemKind::kSyntax, {*at, *at + static_cast<std::uint32_t>(point.length)},
                      describe_space(point.value) +
                          " stands where YAML wants an ordinary one; it became a part of this key",
                      "replace it with an ordinary space");
  }
  return std::nullopt;
}

std::vector<std::span<const Chunk>> parts_of(std::span<const Chunk> chunks, std::uint32_t size) {
  std::vector<std::span<const Chunk>> parts;
  std::size_t first = 0;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i].range.end - chunks[first].range.begin < size) continue;
    parts.push_back(chunks.subspan(first, i + 1 - first));
    first = i + 1;
  }
  if (first < chunks.size() || parts.empty()) parts.push_back(chunks.subspan(first));
  return parts;
}

}  // namespace

std::vector<Document> read_documents(std::shared_ptr<const SourceFile> source,
                                     const ReadOptions& options) {
  const std::string_view text = source->bytes();
  if (auto problem = prescan_file(text)) {
    Document document;
    document.range = {0, static_cast<std::uint32_t>(text.size())};
    document.problems.push_back(std::move(*problem));
    std::vector<Document> documents;
    documents.push_back(std::move(document));
    return documents;
  }
  const std::vector<Chunk> chunks = split_documents(text);
  const std::vector<std::span<const Chunk>> parts = parts_of(chunks, options.part_size);
  if (parts.size() == 1) return Reader(source, options).read(parts.front());
  std::vector<std::vector<Document>> read(parts.size());
  parallel_for(parts.size(),
               [&](std::size_t i) { read[i] = Reader(source, options).read(parts[i]); });
  std::vector<Document> documents;
  for (std::vector<Document>& part : read) {
    std::move(part.begin(), part.end(), std::back_inserter(documents));
  }
  return documents;
}

}  // namespace sts::kube
