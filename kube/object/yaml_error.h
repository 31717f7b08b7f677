#pragma once

#include "kube/object/yaml_reader.h"

#include <optional>
#include <string_view>

namespace sts::kube {

/// What was read before libyaml stopped.
struct ReadSoFar {
  std::optional<LastScalar> last_scalar;        // where nothing came behind it
  std::optional<std::uint32_t> innermost_open;  // where the innermost open container begins
};

/// Says in plain words what libyaml found wrong, where a person would look for it, and what to do.
Problem explain_yaml_error(std::string_view text, ByteRange document, const YamlError& error,
                           const ReadSoFar& so_far);

}  // namespace sts::kube
