#pragma once

#include "kube/object/source_file.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sts::kube {

/// A part of a file between separator lines.
struct Chunk {
  ByteRange range;
  /// Text after the `---` that opened it: kubectl refuses the file.
  std::optional<ByteRange> separator_text;
  /// A byte order mark before the `---` that opened it: kubectl does not see that separator.
  std::optional<ByteRange> separator_mark;
};

/// Splits as apimachinery's YAMLReader does (pkg/util/yaml/decoder.go): on every line that begins
/// with `---`. A byte order mark before the dashes is passed over and told.
std::vector<Chunk> split_documents(std::string_view text);

/// Only blanks and comments: nothing that kubectl would read.
bool is_blank_document(std::string_view text);

/// The value of a document's `kind:` line, found without parsing; nothing where it is not plain to
/// see: no such line, several, or one with an anchor, a tag or an alias.
std::optional<std::string_view> sniff_kind(std::string_view text);

}  // namespace sts::kube
