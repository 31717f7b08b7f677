#include "kube/semantics/pod_names.h"

#include <algorithm>
#include <charconv>

namespace sts::kube {

std::optional<std::int64_t> pod_ordinal(std::string_view set, std::string_view pod) {
  const auto parent = parent_of_pod(pod);
  if (!parent || *parent != set) return std::nullopt;
  pod.remove_prefix(set.size() + 1);
  std::int64_t ordinal = 0;
  const auto [end, error] = std::from_chars(pod.data(), pod.data() + pod.size(), ordinal);
  if (error != std::errc{} || end != pod.data() + pod.size()) return std::nullopt;
  return ordinal;
}

std::optional<std::string_view> parent_of_pod(std::string_view pod) {
  const std::size_t dash = pod.rfind('-');
  if (dash == std::string_view::npos || dash == 0) return std::nullopt;
  const std::string_view digits = pod.substr(dash + 1);
  if (digits.empty() ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  return pod.substr(0, dash);
}

}  // namespace sts::kube
