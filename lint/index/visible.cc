#include "lint/index/paths.h"
#include "lint/index/state.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

namespace sts::lint {
namespace {

struct Seen {
  std::pair<int, int> steps;
  const Object* object;
};

// Of several objects of one name the nearest; the list is sorted by nearness.
std::vector<const Object*> nearest_of_each_name(const std::vector<Seen>& all) {
  std::map<std::string_view, std::pair<int, int>> nearest;
  std::vector<const Object*> result;
  for (const Seen& seen : all) {
    if (!seen.object->name.empty()) {
      const auto [at, is_new] = nearest.emplace(seen.object->name, seen.steps);
      if (!is_new && at->second != seen.steps) continue;
    }
    result.push_back(seen.object);
  }
  return result;
}

}  // namespace

std::vector<const Object*> Index::visible(const Object& from, Kind kind) const {
  const auto see = [&] {
    std::vector<Seen> all;
    for (const Object* object : of_kind(kind)) {
      if (same_namespace(from, *object) == SameNamespace::kNo) continue;
      all.push_back({distance(from, *object), object});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Seen& a, const Seen& b) { return a.steps < b.steps; });
    return nearest_of_each_name(all);
  };
  std::vector<const Object*> result =
      state_->visible.get(from.file->folder, state_->namespaces->key(from), kind, see);
  std::erase_if(result, [&](const Object* object) {
    return object == &from ||
           (kind == from.kind && object->name == from.name && !from.name.empty());
  });
  // Within one folder, what stands in the same file comes first and hides its namesakes.
  const auto other_files =
      std::stable_partition(result.begin(), result.end(),
                            [&](const Object* object) { return object->file == from.file; });
  std::vector<std::string_view> own;
  for (auto it = result.begin(); it != other_files; ++it) own.push_back((*it)->name);
  std::sort(own.begin(), own.end());
  result.erase(std::remove_if(other_files, result.end(),
                              [&](const Object* object) {
                                return !object->name.empty() &&
                                       std::binary_search(own.begin(), own.end(), object->name);
                              }),
               result.end());
  return result;
}

}  // namespace sts::lint
