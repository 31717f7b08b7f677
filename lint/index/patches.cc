#include "lint/index/patches.h"

#include "lint/index/object.h"

namespace sts::lint {

std::string pointer_from_root(const Object& object, kube::Value value) {
  const std::string root = object.root.pointer();
  std::string pointer = value.pointer();
  return pointer.starts_with(root) ? pointer.substr(root.size()) : pointer;
}

bool patched_at(const Object& object, kube::Value value) {
  return !object.patches.empty() && object.patched_at(pointer_from_root(object, value));
}

}  // namespace sts::lint
