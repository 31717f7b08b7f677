#include "lint/script/image_reference.h"

#include <algorithm>

namespace sts::lint {

namespace {

bool holds_placeholder(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return c == '$' || c == '{' || c == '<' || c == '#' || c == '%' || c == ' ';
  });
}

}  // namespace

ImageReference parse_image(std::string_view text) {
  ImageReference image;
  image.placeholder = holds_placeholder(text);
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    // @TAG@ is a build tool's placeholder, a digest is algorithm:hex.
    if (text.find(':', at) == std::string_view::npos) image.placeholder = true;
    image.digest = text.substr(at + 1);
    text = text.substr(0, at);
  }
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view first = text.substr(0, slash);
    if (first.find_first_of(".:") != std::string_view::npos || first == "localhost") {
      image.domain = first;
      text.remove_prefix(slash + 1);
    }
  }
  const std::size_t last = text.rfind('/');
  const std::size_t colon = text.find(':', last == std::string_view::npos ? 0 : last);
  if (colon != std::string_view::npos) {
    image.tag = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  // Docker's own registry has gone by these names.
  for (const std::string_view alias :
       {"index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"}) {
    if (image.domain == alias) image.domain = "docker.io";
  }
  image.path = text;
  if (image.domain == "docker.io" && !text.empty() && text.find('/') == std::string_view::npos) {
    image.path = "library/" + image.path;
  }
  return image;
}

}  // namespace sts::lint
