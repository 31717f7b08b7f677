#pragma once

#include "lint/index/object.h"

#include <string_view>

namespace sts::lint {

/// The kind by API group; kOther for a kind of that name in another group.
Kind kind_of(std::string_view api_version, std::string_view kind);

/// By name alone; kOther for an unknown one.
Kind kind_named(std::string_view kind);

/// "StatefulSet"; "" for kOther.
std::string_view to_string(Kind kind);

/// Objects of this kind live in no namespace.
bool is_cluster_scoped(Kind kind);

/// A list of objects: `kind: List`, the typed lists (`StatefulSetList`) and OpenShift's `Template`.
bool is_list_kind(std::string_view kind);

}  // namespace sts::lint
