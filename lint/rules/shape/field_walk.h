#pragma once

#include "kube/object/tree.h"
#include "kube/semantics/fields.h"
#include "lint/index/object.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint::shape {

/// One entry of a mapping that should be an API struct, with the way down to it.
struct FieldSite {
  std::vector<kube::TypeId> types;  // the structs from the root down; the last holds the entry
  std::vector<kube::Value> values;  // the mappings that they are written as
  std::vector<std::string> names;   // names[i] leads to types[i], "[]" added for list items
  kube::Entry entry;
  const kube::Field* field = nullptr;  // null: the struct has no such field

  std::string_view key() const { return entry.key.text(); }
};

/// Walks what an object writes beside the API's own types, in the order written. Only for the kinds
/// that kube::root_type() knows. What is below an unknown field, a placeholder or a value of the
/// wrong shape is passed over.
void walk_fields(const Object& object, const std::function<void(const FieldSite&)>& visit);

/// Where the field of a misplaced key belongs: "spec.template.spec" for volumes inside a container.
/// "" where nothing or more than one place fits.
std::string home_of(const FieldSite& site);

/// Keys that unknown-field and field-misplaced leave to rules that know more about them, to tools
/// (`x-` beside the spec, `$patch`), or to nobody, since the key is a placeholder.
bool left_to_others(const Object& object, const FieldSite& site);

}  // namespace sts::lint::shape
