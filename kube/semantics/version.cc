#include "kube/semantics/version.h"

#include <charconv>

namespace sts::kube {
namespace {

// "1.35" asks for what the newest 1.35 does: later than any patch that will be made.
constexpr int kNewestPatch = 999;
constexpr int kMostOfAny = 9999;

/// Takes a number from the front of the text; nothing where none stands there.
std::optional<int> take_number(std::string_view& text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || value < 0 || value > kMostOfAny) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  return value;
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  if (text.starts_with('-')) return std::nullopt;
  const auto major = take_number(text);
  if (!major || !text.starts_with('.')) return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with('-')) return std::nullopt;
  const auto minor = take_number(text);
  if (!minor) return std::nullopt;
  Version version{*major, *minor, kNewestPatch};
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
    const auto patch = take_number(text);
    if (!patch) return std::nullopt;
    version.patch = *patch;
  }
  // A vendor's suffix: "-gke.100", "+k3s1"; a bare "+" is what the server's minor shows.
  const bool has_suffix = text.starts_with('-') || text.starts_with('+');
  if (!text.empty() && !(has_suffix && (text.size() > 1 || text == "+"))) return std::nullopt;
  return version;
}

std::string to_string(const Version& version) {
  std::string text = std::to_string(version.major);
  text += '.';
  text += std::to_string(version.minor);
  if (version.patch == kNewestPatch) return text;
  text += '.';
  text += std::to_string(version.patch);
  return text;
}

}  // namespace sts::kube
