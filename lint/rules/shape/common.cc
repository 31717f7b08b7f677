#include "lint/rules/shape/common.h"

#include "lint/index/patches.h"

#include <algorithm>

namespace sts::lint::shape {

std::string pointer_in(const Object& object, kube::Value value) {
  return pointer_from_root(object, value);
}

bool is_fragment(const Object& object) {
  if (object.root.get("spec", "selector")) return false;
  const auto containers = pod_template(object).containers();
  return std::none_of(containers.begin(), containers.end(), [](const Container& container) {
    return container.value.get("image").exists();
  });
}

bool sent_as_written(const Object& object, std::string_view pointer) {
  return !object.from_cluster && !object.patched_at(pointer);
}

kube::Value anchor(kube::Value mapping) {
  if (mapping.key_range() != mapping.range()) return mapping;
  const kube::Value name = mapping.get("name");
  if (name && name.is_scalar()) return name;
  const kube::Entries entries = mapping.entries();
  return entries.size() == 0 ? mapping : entries.begin()->value;
}

std::string_view meeting_place(const Object& object) {
  return object.kustomizations.empty() ? std::string_view(object.file->folder) : "\n";
}
}  // namespace sts::lint::shape
