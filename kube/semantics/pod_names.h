#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sts::kube {

/// "db-12" for the set "db": 12. Nothing where `pod` is no name that a StatefulSet `set` gives
/// (another set, no ordinal, leading zeros); getPodName in
/// pkg/controller/statefulset/stateful_set_utils.go.
std::optional<std::int64_t> pod_ordinal(std::string_view set, std::string_view pod);

/// The set's name in a pod's: "db" of "db-12"; nothing where it ends in no ordinal.
std::optional<std::string_view> parent_of_pod(std::string_view pod);

}  // namespace sts::kube
