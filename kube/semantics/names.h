#pragma once

#include <string>
#include <string_view>

namespace sts::kube {

inline constexpr std::size_t kMaxLabelLength = 63;       // DNS-1123 label, label value
inline constexpr std::size_t kMaxSubdomainLength = 253;  // DNS-1123 subdomain

/// Why a name is refused, in the API server's words (apimachinery pkg/util/validation/validation.go
/// and pkg/api/validate/content); "" for a good name. The first reason only.
std::string dns1123_label_problem(std::string_view name);
std::string dns1123_subdomain_problem(std::string_view name);
/// Port names: IANA_SVC_NAME, at most 15 characters.
std::string port_name_problem(std::string_view name);
/// A label's value: empty, or up to 63 characters of letters, digits, '-', '_' and '.'.
std::string label_value_problem(std::string_view value);
/// A label's or annotation's key: an optional DNS subdomain and a slash, and a name like a value.
std::string qualified_name_problem(std::string_view key);

}  // namespace sts::kube
