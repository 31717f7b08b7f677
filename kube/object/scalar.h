#pragma once

#include "kube/object/tree.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// What kubectl makes of a plain scalar: go-yaml v2's resolve table (sigs.k8s.io/yaml uses it), so
/// `yes` is a bool, `0755` an int, `None` a string, `12:30:45` a string.
ScalarType resolve_plain(std::string_view text);

/// The value of an int scalar in go-yaml's spellings (0x1F, 0b11, 0o755, 0755, 1_000); nothing when
/// it does not fit or is no int.
std::optional<std::int64_t> parse_int(std::string_view text);

/// The value of a float scalar that the JSON which kubectl makes shows as an integer (`3.0`, `1e3`,
/// `08`); nothing for all others.
std::optional<std::int64_t> parse_integral_float(std::string_view text);

/// The value of a bool scalar in yaml.v2's spellings (y, yes, on, true …).
std::optional<bool> parse_bool(std::string_view text);

/// A plain key as it stands in the JSON that kubectl makes: `y` becomes "true", `0x10` "16".
std::string json_key(std::string_view text);

}  // namespace sts::kube
