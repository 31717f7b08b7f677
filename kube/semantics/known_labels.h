#pragma once

#include "kube/object/tree.h"
#include "kube/semantics/label_selector.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

// Selectors (label_selector.h) where labels are known only as far as a manifest tells.
namespace sts::kube {

/// A set of labels as far as they are known.
struct Labels {
  /// nullopt: the key is there, its value is unknown (a placeholder, overlays that differ).
  std::map<std::string, std::optional<std::string>, std::less<>> known;
  /// More labels may be there (a placeholder key, a mapping that is itself unknown).
  bool open = false;

  bool empty() const { return known.empty() && !open; }
};

/// Reads a labels mapping; anything that is no string is unknown.
Labels read_labels(Value mapping);

/// Does a map selector (Service, matchLabels) select these labels? An empty selector selects
/// nothing here; callers decide what empty means for their kind.
Match selects(const Labels& selector, const Labels& labels);

/// The first key that makes selects() say no; empty otherwise.
std::string mismatching_key(const Labels& selector, const Labels& labels);

/// A full LabelSelector (matchLabels and matchExpressions: In, NotIn, Exists, DoesNotExist), with
/// `extra` added to its matchLabels. An empty selector selects everything, an absent one nothing.
Match selects(Value label_selector, const Labels& extra, const Labels& labels);

}  // namespace sts::kube
