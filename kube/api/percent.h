#pragma once

#include <string>
#include <string_view>

namespace sts::kube {

/// Everything but RFC 3986's unreserved characters as %XX: right for a path segment, a query's key
/// or value, and the name of an Impersonate-Extra- header.
std::string percent_encoded(std::string_view text);

}  // namespace sts::kube
