#pragma once

#include "kube/object/yaml_reader.h"

#include <optional>
#include <string_view>

namespace sts::kube {

/// Says in plain words what libyaml found wrong, where a person would look for it, and what to do.
Problem explain_yaml_error(std::string_view text, ByteRange document, const YamlError& error,
                           const std::optional<LastScalar>& last);

}  // namespace sts::kube
