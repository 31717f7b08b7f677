#include "lint/index/levels.h"
#include "lint/index/state.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace sts::lint {
namespace {

struct Seen {
  int up = 0;
  int down = 0;
  bool other_file = false;
  const Object* object = nullptr;

  auto place() const { return std::tuple(up, down, other_file); }
};

}  // namespace

std::vector<const Object*> Index::visible(const Object& from, Kind kind) const {
  const auto look = [&] {
    std::vector<Seen> all;
    int up = 0;
    const std::span<const Object* const> objects = of_kind(kind);
    visit_outward(
        objects, from.file->folder, [](const Object* object) -> const Object& { return *object; },
        [&](const Object* object, int down) {
          if (same_namespace(from, *object) == SameNamespace::kNo) return;
          all.push_back({up, down, object->file != from.file, object});
        },
        [&] {
          ++up;
          return false;
        });
    const auto nearer = [](const Seen& a, const Seen& b) { return a.place() < b.place(); };
    if (!std::is_sorted(all.begin(), all.end(), nearer)) {
      std::stable_sort(all.begin(), all.end(), nearer);
    }
    // Of several objects of one name the nearest.
    std::unordered_map<std::string_view, const Seen*> nearest;
    std::vector<const Object*> result;
    for (const Seen& seen : all) {
      if (state_->has_namesakes[seen.object->ordinal]) {
        const auto [at, is_new] = nearest.emplace(seen.object->name, &seen);
        if (!is_new && at->second->place() != seen.place()) continue;
      }
      result.push_back(seen.object);
    }
    return result;
  };
  std::vector<const Object*> result =
      state_->visible.get(from.file, state_->namespaces->key(from), kind, look);
  if (kind == from.kind) {
    std::erase_if(result, [&](const Object* object) {
      return object == &from || (!from.name.empty() && object->name == from.name);
    });
  }
  return result;
}

}  // namespace sts::lint
