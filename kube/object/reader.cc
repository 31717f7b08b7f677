#include "kube/object/reader.h"

#include "kube/object/split.h"
#include "kube/object/tree_builder.h"
#include "kube/object/yaml_reader.h"

#include <utility>

namespace sts::kube {
namespace {

class Reader {
 public:
  Reader(std::shared_ptr<const SourceFile> source, const ReadOptions& options)
      : source_(std::move(source)), options_(options), text_(source_->bytes()) {}

  std::vector<Document> read() {
    for (const Chunk& chunk : split_documents(text_)) read_chunk(chunk);
    return std::move(documents_);
  }

 private:
  void read_chunk(const Chunk& chunk) {
    Document document;
    document.range = chunk.range;
    if (chunk.separator_text) {
      document.problems.push_back({ProblemKind::kDocSeparator,
                                   *chunk.separator_text,
                                   "text after ---: kubectl refuses the file",
                                   "put the text on a line of its own",
                                   {},
                                   {}});
    }
    const std::string_view part =
        text_.substr(chunk.range.begin, chunk.range.end - chunk.range.begin);
    if (!is_blank_document(part)) {
      const auto kind = options_.wanted ? sniff_kind(part) : std::nullopt;
      if (kind && !options_.wanted(*kind)) {
        document.skipped = true;
      } else {
        read_into(document);
      }
    } else if (document.problems.empty()) {
      return;
    }
    documents_.push_back(std::move(document));
  }

  void read_into(Document& document) {
    builder_.clear(text_, options_.alias_budget);
    const YamlOutcome outcome = read_yaml(text_, document.range, builder_);
    for (Problem& problem : builder_.take_duplicates())
      document.problems.push_back(std::move(problem));
    if (outcome.read) {
      if (!builder_.empty()) document.tree = builder_.finish(source_);
    } else if (outcome.error) {
      document.problems.push_back({ProblemKind::kSyntax,
                                   {outcome.error->problem_at, outcome.error->problem_at},
                                   outcome.error->problem,
                                   "",
                                   {},
                                   {}});
    } else if (builder_.error()) {
      document.problems.push_back(*builder_.error());
    }
  }

  std::shared_ptr<const SourceFile> source_;
  const ReadOptions& options_;
  std::string_view text_;
  TreeBuilder builder_;
  std::vector<Document> documents_;
};

}  // namespace

std::vector<Document> read_documents(std::shared_ptr<const SourceFile> source,
                                     const ReadOptions& options) {
  return Reader(std::move(source), options).read();
}

}  // namespace sts::kube
