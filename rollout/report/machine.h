#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace sts::rollout {

/// Indented JSON in ASCII: nothing hidden reaches a terminal, and bytes that are no UTF-8 become
/// U+FFFD. Ends in a line feed.
std::string to_json_text(const nlohmann::ordered_json& json);

/// The same as YAML, in ASCII too; strings are quoted wherever YAML 1.1 or 1.2 could read them as
/// something else.
std::string to_yaml_text(const nlohmann::ordered_json& json);

}  // namespace sts::rollout
