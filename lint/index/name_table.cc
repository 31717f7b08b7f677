#include "lint/index/name_table.h"

#include "lint/index/paths.h"

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
  const std::span<const Entry> all = range(kind, name);
  std::string_view folder = from.file->folder;
  // Paths are in order, so the entries below one folder stand together: a repository that holds
  // one name in thousands of folders costs no more than the folders looked at.
  std::size_t seen_begin = 0;
  std::size_t seen_end = 0;
  for (bool first_level = true;; first_level = false) {
    const std::string prefix = folder.empty() ? std::string() : std::string(folder) + '/';
    const auto head = [&](const Entry& entry) {
      return std::string_view(entry.object->file->path).substr(0, prefix.size());
    };
    const auto begin = std::partition_point(
        all.begin(), all.end(), [&](const Entry& entry) { return head(entry) < prefix; });
    const auto end = std::partition_point(
        begin, all.end(), [&](const Entry& entry) { return head(entry) == prefix; });
    const auto from_begin = static_cast<std::size_t>(begin - all.begin());
    const auto from_end = static_cast<std::size_t>(end - all.begin());

    std::vector<const Object*> best;
    Nearness best_nearness;
    for (std::size_t i = from_begin; i < from_end; ++i) {
      if (i >= seen_begin && i < seen_end) {
        i = seen_end - 1;
        continue;
      }
      const Object& object = *all[i].object;
      if (&object == &from) continue;
      const int ranked = rank(object);
      if (ranked < 0) continue;
      const Nearness nearness{object.file != from.file,
                              folder_distance(folder, object.file->folder).second, ranked};
      if (best.empty() || nearness < best_nearness) {
        best.clear();
        best_nearness = nearness;
      }
      if (nearness == best_nearness) best.push_back(&object);
    }
    if (!best.empty() || folder.empty()) return best;
    if (from_end > from_begin || first_level) {
      seen_begin = from_begin;
      seen_end = from_end;
    }
    folder = folder_of(folder);
  }
}

}  // namespace sts::lint
