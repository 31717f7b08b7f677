#pragma once

#include "kube/object/tree_builder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// Why libyaml stopped, in its own words; offsets into the text as a whole.
struct YamlError {
  std::string context;
  std::uint32_t context_at = 0;
  std::string problem;
  std::uint32_t problem_at = 0;
};

/// How reading one document went.
struct YamlOutcome {
  bool read = false;               // the builder holds the document
  std::optional<YamlError> error;  // libyaml's own; else the builder's error() tells
  /// What stands behind the document's end, which kubectl does not look at.
  std::optional<std::uint32_t> trailing;
};

/// Feeds the YAML document at `range` of `text` to the builder.
YamlOutcome read_yaml(std::string_view text, ByteRange range, TreeBuilder& builder);

}  // namespace sts::kube
