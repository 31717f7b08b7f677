#pragma once

#include "kube/object/tree.h"
#include "lint/index/object.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"

#include <string>
#include <string_view>

namespace sts::lint::shape {

/// A value's pointer from its object's root, which an item of a List does not share with its
/// document.
std::string pointer_in(const Object& object, kube::Value value);
inline std::string path_in(const Object& object, kube::Value value) {
  return dotted(pointer_in(object, value));
}

/// A piece of a set that some tool merges into a whole one (a patch that no kustomization names):
/// it has neither a selector nor a container with an image. What it lacks is elsewhere.
bool is_fragment(const Object& object);

/// The object as it is written is what the API server will be sent: not read from a cluster (which
/// has accepted it already), and no kustomize patch writes here.
bool sent_as_written(const Object& object, std::string_view pointer);
inline bool sent_as_written(const Object& object, kube::Value value) {
  return sent_as_written(object, pointer_in(object, value));
}

/// Where a fault of a whole mapping is shown: its key, or a list item's name or first key, which
/// are one line where the mapping is many.
kube::Value anchor(kube::Value mapping);

/// Where objects must meet to be applied together: one folder, or some build of a kustomization.
/// Objects of different places never are; those of one place may be (ask Index::together).
std::string_view meeting_place(const Object& object);

}  // namespace sts::lint::shape
