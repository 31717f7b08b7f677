#include "lint/index/name_table.h"

#include "lint/index/levels.h"

#include <algorithm>
#include <tuple>

namespace sts::lint {
namespace {

// Nearness within one level up, and the caller's rank after it.
struct Nearness {
  bool other_file = true;
  int down = 0;
  int rank = 0;

  friend auto operator<=>(const Nearness&, const Nearness&) = default;
};

}  // namespace

void NameTable::add(Kind kind, std::string_view name, const Object* object) {
  entries_.push_back({kind, name, object});
}

void NameTable::add_owned(Kind kind, std::string name, const Object* object) {
  owned_.push_back(std::move(name));
  add(kind, owned_.back(), object);
}

void NameTable::sort() {
  const auto key = [](const Entry& entry) {
    return std::tuple(entry.kind, entry.name, entry.object->ordinal);
  };
  std::sort(entries_.begin(), entries_.end(),
            [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
  const auto same = [&](const Entry& a, const Entry& b) { return key(a) == key(b); };
  entries_.erase(std::unique(entries_.begin(), entries_.end(), same), entries_.end());
}

std::span<const NameTable::Entry> NameTable::range(Kind kind, std::string_view name) const {
  const auto less = [](const Entry& a, const Entry& b) {
    return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
  };
  const auto [first, last] =
      std::equal_range(entries_.begin(), entries_.end(), Entry{kind, name, nullptr}, less);
  return {entries_.data() + (first - entries_.begin()), static_cast<std::size_t>(last - first)};
}

std::vector<const Object*> NameTable::find(Kind kind, std::string_view name) const {
  std::vector<const Object*> found;
  for (const Entry& entry : range(kind, name)) found.push_back(entry.object);
  return found;
}

std::vector<const Object*> NameTable::nearest(const Object& from, Kind kind, std::string_view name,
                                              const std::function<int(const Object&)>& rank) const {
  std::vector<const Object*> best;
  Nearness best_nearness;
  visit_outward(
      range(kind, name), from.file->folder,
      [](const Entry& entry) -> const Object& { return *entry.object; },
      [&](const Entry& entry, int down) {
        if (entry.object == &from) return;
        const int ranked = rank(*entry.object);
        if (ranked < 0) return;
        const Nearness nearness{entry.object->file != from.file, down, ranked};
        if (best.empty() || nearness < best_nearness) {
          best.clear();
          best_nearness = nearness;
        }
        if (nearness == best_nearness) best.push_back(entry.object);
      },
      [&] { return !best.empty(); });
  return best;
}

}  // namespace sts::lint
