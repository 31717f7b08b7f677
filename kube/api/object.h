#pragma once

#include "kube/api/resource.h"
#include "kube/object/tree.h"
#include "kube/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace sts::kube {

/// What every object says of itself; empty where it does not.
struct ObjectMeta {
  std::string ns;
  std::string name;
  std::string uid;
  std::string resource_version;
};

/// One object on its way through: its JSON text, complete and valid, and its metadata. The text
/// lives only during the call that hands it out: take from it what is needed (as_tree, or a SAX
/// reader), and keep that.
struct ApiObject {
  std::string_view json;
  ObjectMeta meta;
};

/// Reads the metadata without building anything. Fails on what is no JSON object, or is nested
/// deeper than kMaxDepth.
Result<ObjectMeta> read_meta(std::string_view json);

/// The object as the document tree that the rules and predicates of kube/semantics read. Items of a
/// list say no apiVersion and kind of their own: they are put in front. `name` is what findings
/// call its source.
Result<std::shared_ptr<const Tree>> as_tree(std::string_view json, const Resource& resource,
                                            std::string name = {});

}  // namespace sts::kube
