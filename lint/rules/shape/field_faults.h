#pragma once

#include "lint/index/index.h"
#include "lint/rules/shape/field_walk.h"

#include <memory>
#include <string>
#include <vector>

namespace sts::lint::shape {

/// What one walk over an object's fields finds; unknown-field, field-misplaced and field-invalid
/// each report their part. Only of what the API server will be sent as it is written.
struct FieldFaults {
  explicit FieldFaults(const Object& object);

  /// A key that its struct does not have, judged kMisplaced or kUnknown.
  struct Key {
    kube::Entry entry;
    kube::Value parent;    // the mapping that it stands in
    bool in_spec = false;  // directly below /spec
    KeyJudgement judgement;
  };
  /// A value that the API server refuses.
  struct Bad {
    kube::Value value;
    std::string problem;
    std::string fix;
  };
  std::vector<Key> keys;
  std::vector<Bad> values;  // of sets only
};

/// The faults of an object, found once for all rules that look at it next.
std::shared_ptr<const FieldFaults> field_faults(const Object& object, const Index& index);

}  // namespace sts::lint::shape
