#pragma once

#include "kube/object/tree.h"

#include <string>

// Where kustomize patches touch the values of an object. Patches are kept by pointers from the
// object's root, and an item of a List does not share that with its document.
namespace sts::lint {

class Object;

/// A value's pointer from its object's root: "/spec/replicas".
std::string pointer_from_root(const Object& object, kube::Value value);

/// Object::patched_at() for a value of this object. Cheap where nothing patches it: a pointer
/// counts siblings, and a pod may have thousands of containers.
bool patched_at(const Object& object, kube::Value value);

}  // namespace sts::lint
