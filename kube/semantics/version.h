#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// A Kubernetes server version, as far as behaviour depends on it. Feature gates changed their
/// default inside a minor (MaxUnavailableStatefulSet in 1.35.4), so the patch counts.
struct Version {
  int major = 1;
  int minor = 0;
  int patch = 0;

  friend auto operator<=>(const Version&, const Version&) = default;
};

/// The newest version that our tables were checked against.
inline constexpr Version kNewestKnown{1, 37, 1};

/// "1.34", "v1.34.4", "1.34.4-gke.100", "1.34+": major.minor[.patch] with an optional v and a
/// vendor's suffix. A missing patch is the newest of its minor, since that is what "1.35" asks for.
std::optional<Version> parse_version(std::string_view text);

std::string to_string(const Version& version);

}  // namespace sts::kube
