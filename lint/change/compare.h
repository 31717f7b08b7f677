#pragma once

#include "kube/object/tree.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// One place in which two versions of a field differ. `before` or `after` may be absent.
struct Difference {
  std::string path;  // from the compared values, "/spec/resources"; "" for the values themselves
  kube::Value before;
  kube::Value after;
};

struct Comparison {
  std::vector<Difference> differences;  // outermost places, in the order of `after`
  bool unknown = false;                 // a placeholder stands somewhere on either side
};

/// How a field is compared: by the path from the compared values, items of lists as "/*".
struct FieldView {
  enum class As : std::uint8_t { kValue, kQuantity, kIgnored };
  As as = As::kValue;
  /// What the API server puts where the field is absent.
  std::optional<std::string_view> standard = {};
};
using FieldViews = std::function<FieldView(std::string_view path)>;

/// Compares as the API server does after defaulting (apiequality.Semantic.DeepEqual): quantities by
/// value, an absent field and an empty map or list alike, the order of lists counts, the order of
/// keys does not.
Comparison compare(kube::Value before, kube::Value after, const FieldViews& views);

/// The same where no field has a default of its own.
Comparison compare(kube::Value before, kube::Value after);

}  // namespace sts::lint
