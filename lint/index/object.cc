#include "lint/index/object.h"

#include <algorithm>

namespace sts::lint {
namespace {

// One pointer is the other or stands above it.
bool overlap(std::string_view a, std::string_view b) {
  const std::string_view& shorter = a.size() < b.size() ? a : b;
  const std::string_view& longer = a.size() < b.size() ? b : a;
  return longer.substr(0, shorter.size()) == shorter &&
         (longer.size() == shorter.size() || longer[shorter.size()] == '/');
}

}  // namespace

ObjectName Object::identity() const {
  return {std::string(kind_name), name_space.name, std::string(name)};
}

bool Object::patched_at(std::string_view pointer) const {
  return std::any_of(patches.begin(), patches.end(), [&](const PatchedBy& patch) {
    return std::any_of(patch.pointers.begin(), patch.pointers.end(),
                       [&](const std::string& written) { return overlap(written, pointer); });
  });
}

}  // namespace sts::lint
