#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace sts::lint {

/// How far apart two names are that may have been meant to be one, 0 for the closest, from 2 on for
/// slips of words; nothing where neither looks like a slip of the other. Equal names are none. A
/// slip is one or two edits (a transposition is one; short names allow fewer), or words that are a
/// subset of the other name's ("db" and "db-headless"). Names that differ in numbers only are
/// siblings, not slips: "db-0" and "db-1", "kafka" and "kafka-2".
std::optional<int> near_miss(std::string_view a, std::string_view b);

/// The index of the closest near miss, the first of equals; nothing where there is none.
std::optional<std::size_t> nearest(std::string_view name,
                                   const std::vector<std::string_view>& candidates);

}  // namespace sts::lint
