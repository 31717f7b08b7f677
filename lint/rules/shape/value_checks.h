#pragma once

#include "kube/object/tree.h"
#include "lint/index/object.h"
#include "lint/rules/shape/field_walk.h"

#include <functional>
#include <string>

namespace sts::lint::shape {

/// Takes one fault of a value: what the API server says of it, and a suggestion or "".
using Complain = std::function<void(kube::Value value, std::string problem, std::string fix)>;

/// The JSON type that the API's decoder needs: a string where a number stands, a list where one
/// value stands. One complaint at most for every value that is no placeholder.
void check_type(const FieldSite& site, const Complain& complain);

/// A closed set of values: podManagementPolicy, imagePullPolicy, a protocol.
void check_enum(const FieldSite& site, const Complain& complain);

/// Counts, ports and names with limits of their own.
void check_limits(const Object& object, const FieldSite& site, const Complain& complain);

/// What fields of one struct say together: a required one is missing, two kinds of volume in one, a
/// probe without a handler, a request above its limit.
void check_struct(kube::TypeId type, kube::Value mapping, const Complain& complain);

}  // namespace sts::lint::shape
