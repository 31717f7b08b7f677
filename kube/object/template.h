#pragma once

#include "kube/object/source_file.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sts::kube {

/// What mask_templates found in one document.
struct TemplateMask {
  bool found = false;  // an action in a place that is not data
  bool helm = false;   // it speaks Helm
  /// Conditions, loops and definitions: what the document will hold cannot be known.
  bool control = false;
  ByteRange where;  // the first one
};

/// Replaces template actions (`{{ }}`, `{% %}`, `@X@` at a value's beginning,
/// `${X}` between brackets) in `range` of `text`
/// by placeholders of the same length, so that a parser may read the rest and offsets stay.
/// Comments and block scalars are left alone: braces there are data.
TemplateMask mask_templates(std::string& text, ByteRange range);

/// A plain scalar such as `db-{{ .Release.Name }}` is valid YAML all the same; the names that only
/// Helm knows give it away.
bool mentions_helm(std::string_view text);

}  // namespace sts::kube
