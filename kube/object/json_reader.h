#pragma once

#include "kube/object/tree_builder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// How reading one JSON object went.
struct JsonOutcome {
  bool read = false;      // the builder holds the object
  std::uint32_t end = 0;  // where it ends
  /// Not JSON; absent where the builder refused it (its error() tells).
  std::optional<Problem> error;
};

/// Feeds the JSON value that begins in `range` of `text`, after blanks, to the builder.
JsonOutcome read_json(std::string_view text, ByteRange range, TreeBuilder& builder);

/// What is wrong where a comment (//, /* or #) stands at the range's beginning; nothing for none.
std::optional<Problem> find_json_comment(std::string_view text, ByteRange range);

/// One object of a stream, seen without parsing.
struct JsonGlance {
  std::optional<std::string_view> kind;  // the top-level "kind"
  std::uint32_t end = 0;                 // where the object ends
};

/// Nothing where the object does not end in `range`.
std::optional<JsonGlance> glance_at_json(std::string_view text, ByteRange range);

}  // namespace sts::kube
