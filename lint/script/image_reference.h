#pragma once

#include <string>
#include <string_view>

namespace sts::lint {

/// A container image reference: [domain/]path[:tag][@digest], as distribution/reference reads it
/// (v3: the first component is a domain where it holds '.' or ':' or is "localhost").
struct ImageReference {
  std::string domain = "docker.io";
  std::string path;  // docker.io's one-component names have "library/" added
  std::string tag;   // "" for none
  std::string digest;
  /// Some other tool replaces a part of it ({{ … }}, ${TAG}): what that hides is not known.
  bool placeholder = false;

  /// The last component of the path: "busybox".
  std::string_view name() const { return std::string_view(path).substr(path.rfind('/') + 1); }
};

/// Total: anything gives some reference, an empty text an empty path.
ImageReference parse_image(std::string_view text);

}  // namespace sts::lint
