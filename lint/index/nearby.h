#pragma once

#include "lint/index/object.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace sts::lint {

/// Of objects in the index's order the at most 2 * window that stand around `object` (itself among
/// them, if it is there), nearest first. Where thousands share a label, all pairs of them would be
/// quadratic, and what is meant for an object is written near it.
inline std::vector<const Object*> nearby(std::span<const Object* const> all, const Object& object,
                                         std::ptrdiff_t window) {
  const auto middle =
      std::lower_bound(all.begin(), all.end(), &object,
                       [](const Object* a, const Object* b) { return a->ordinal < b->ordinal; });
  std::vector<const Object*> result(middle - std::min(window, middle - all.begin()),
                                    middle + std::min(window, all.end() - middle));
  const auto steps = [&](const Object* each) {
    return each->ordinal < object.ordinal ? object.ordinal - each->ordinal
                                          : each->ordinal - object.ordinal;
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](const Object* a, const Object* b) { return steps(a) < steps(b); });
  return result;
}

}  // namespace sts::lint
