#pragma once

#include "kube/object/source_file.h"
#include "kube/object/tree.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

enum class ProblemKind : std::uint8_t {
  kSyntax,        // kubectl cannot read it; the document has no tree, but for one whose `---` is
                  // hidden behind a byte order mark
  kDuplicateKey,  // kubectl keeps the last one in silence
  kDocSeparator,  // text after `---`: kubectl refuses the file
  kTemplate,      // an unrendered template (Helm, Jinja …): nothing wrong, but not what will be
                  // applied; with a tree where it can be read, placeholders in it
  kOddity,        // readable, but surely not meant (a BOM in the middle)
  kDropped,       // text after the document's end (`...`, a flow root), which kubectl drops
};

/// Something about the input itself. `message` says what is wrong, `fix` what to do (may be empty).
struct Problem {
  ProblemKind kind = ProblemKind::kSyntax;
  ByteRange where;
  std::string message;
  std::string fix;
  /// For a duplicate key: where the same key stood before. Else empty.
  ByteRange related;
  std::string related_message;
};

/// One document of a file.
struct Document {
  ByteRange range;                   // its part of the file, separator lines left out
  std::shared_ptr<const Tree> tree;  // null where it is broken, a template, empty or skipped
  bool skipped = false;              // ReadOptions::wanted declined its kind
  std::vector<Problem> problems;
};

struct ReadOptions {
  /// Asked with a document's top-level `kind`, found without parsing; false skips the document.
  /// Empty: every document is read.
  std::function<bool(std::string_view kind)> wanted;
  /// Nodes that one document may visit when every alias is expanded.
  std::uint32_t alias_budget = 100'000;
  /// Parts of about this many bytes are read at the same time: documents know nothing of each
  /// other.
  std::uint32_t part_size = 1U << 20;
};

/// Splits and reads a YAML or JSON file as kubectl would (apimachinery's YAMLOrJSONDecoder and
/// sigs.k8s.io/yaml): documents on lines that start with `---`, a broken document loses only
/// itself. Never throws, never hangs; every failure is a Problem with a place.
std::vector<Document> read_documents(std::shared_ptr<const SourceFile> source,
                                     const ReadOptions& options = {});

}  // namespace sts::kube
