#pragma once

#include "kube/semantics/known_labels.h"
#include "lint/index/object.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sts::lint {

/// What a patch leaves in a field.
struct PatchedField {
  enum class State : std::uint8_t {
    kUntouched,
    kSet,
    kRemoved,
    kUnknown
  } state = State::kUntouched;
  kube::Value value;  // kSet only
};

/// Follows kustomize's strategic merge (kyaml merge2: null removes, `$patch` directives are not
/// evaluated) and RFC 6902, as far as scalars and mappings go. A patch that may be meant for other
/// objects leaves what it touches unknown.
PatchedField patched_field(const PatchedBy& patch, std::string_view pointer);

/// The labels of the mapping at `pointer` after the patch.
void patch_labels(const PatchedBy& patch, std::string_view pointer, kube::Labels& labels);

/// A reference token with ~0 and ~1 undone (RFC 6901).
std::string unescaped_token(std::string_view token);

}  // namespace sts::lint
