#include "lint/index/alternatives.h"

#include <tuple>
#include <unordered_map>

namespace sts::lint {
namespace {

bool counts(const Object& object) {
  switch (object.kind) {
    case Kind::kStatefulSet:
    case Kind::kDaemonSet:
    case Kind::kDeployment:
    case Kind::kService:
      return !object.name.empty() && object.kustomizations.empty();
    default:
      return false;
  }
}

}  // namespace

std::set<std::string, std::less<>> folders_of_alternatives(std::span<const Object> objects) {
  std::unordered_map<std::string, const ProjectFile*> seen;
  std::set<std::string, std::less<>> folders;
  for (const Object& object : objects) {
    if (!counts(object)) continue;
    std::string key = object.file->folder;
    key += '\n';
    key += object.name_space.name;
    key += '\n';
    key += std::to_string(static_cast<int>(object.kind));
    key += object.name;
    const auto [at, is_new] = seen.emplace(std::move(key), object.file);
    if (!is_new && at->second != object.file) folders.insert(object.file->folder);
  }
  return folders;
}

}  // namespace sts::lint
