#include "lint/index/index.h"

#include "kube/object/placeholder.h"
#include "lint/index/kinds.h"
#include "lint/index/paths.h"
#include "lint/index/placeholder.h"
#include "lint/index/state.h"

#include <algorithm>

namespace sts::lint {
namespace {

std::string describe(const Object& object) {
  return std::string(object.kind_name) + " \"" + std::string(object.name) + "\" (" +
         object.file->path + ")";
}

// How near two objects are, files aside: less is nearer.
std::pair<int, int> steps(const Object& from, const Object& to) {
  return folder_distance(from.file->folder, to.file->folder);
}

}  // namespace

const std::vector<const Object*>& Index::of_kind(Kind kind) const {
  return state_->by_kind[static_cast<std::size_t>(kind)];
}

SameNamespace Index::same_namespace(const Object& a, const Object& b) const {
  return state_->namespaces->same(a, b);
}

std::vector<const Object*> Index::named(Kind kind, std::string_view name) const {
  return state_->names.find(kind, name);
}

std::pair<int, int> Index::distance(const Object& from, const Object& to) {
  return steps(from, to);
}

Reference Index::find(const Object& from, Kind kind, std::string_view name) const {
  return look_up(from, kind, name, std::nullopt);
}

Reference Index::find_in(const Object& from, Kind kind, std::string_view name,
                         std::string_view name_space) const {
  return look_up(from, kind, name, name_space);
}

Reference Index::look_up(const Object& from, Kind kind, std::string_view name,
                         std::optional<std::string_view> name_space) const {
  const auto same = [&](const Object& object) {
    return name_space ? state_->namespaces->same(from, object, *name_space)
                      : state_->namespaces->same(from, object);
  };
  // Surely in the namespace before possibly in it.
  const auto rank = [&](const Object& object) {
    switch (same(object)) {
      case SameNamespace::kYes:
        return 0;
      case SameNamespace::kPossible:
        return 1;
      case SameNamespace::kNo:
        break;
    }
    return -1;
  };
  Reference reference;
  if (!state_->builds.of(from).empty()) {
    // What one kustomization builds belongs together, however far apart it lies.
    reference.nearest = state_->names.nearest(from, kind, name, [&](const Object& object) {
      return state_->builds.share(from, object) ? rank(object) : -1;
    });
  }
  const bool built_together = !reference.nearest.empty();
  if (!built_together) reference.nearest = state_->names.nearest(from, kind, name, rank);
  if (reference.nearest.empty()) return unfound(from, kind, name, name_space);
  reference.answer = Answer::kFound;
  if (built_together) return reference;

  // A repository often holds the same objects once for each environment. What lies nearer to
  // another copy of `from` is that copy's, and says nothing of this one.
  const Object& found = *reference.nearest.front();
  const auto own_steps = steps(from, found);
  if (own_steps == std::pair(0, 0) || from.name.empty()) return reference;
  const std::vector<const Object*> copies = state_->names.nearest(
      found, from.kind, from.name, [&](const Object& copy) { return &copy == &from ? -1 : 0; });
  if (!copies.empty() && steps(*copies.front(), found) < own_steps) {
    Reference unknown;
    unknown.reason = describe(found) + " stands beside another " + describe(*copies.front());
    return unknown;
  }
  return reference;
}

Reference Index::unfound(const Object& from, Kind kind, std::string_view name,
                         std::optional<std::string_view> name_space) const {
  Reference unknown;
  for (const Object* object : state_->nameless[static_cast<std::size_t>(kind)]) {
    const kube::Value written = object->metadata.get("name");
    const SameNamespace same = name_space ? state_->namespaces->same(from, *object, *name_space)
                                          : state_->namespaces->same(from, *object);
    if (same != SameNamespace::kNo && may_become(written.text(), name) &&
        is_near(object->file->folder, from.file->folder)) {
      unknown.reason = std::string(object->kind_name) + " \"" + std::string(written.text()) +
                       "\" (" + object->file->path + ") may become it";
      return unknown;
    }
  }
  if (kube::has_placeholder(name, false)) {
    unknown.reason = "the name holds a placeholder";
    return unknown;
  }
  return completeness(from, kind);
}

Reference Index::completeness(const Object& from, Kind kind) const {
  Reference answer;
  if (options_.assume == Completeness::kPartial) {
    answer.reason = "the project is assumed to be partial";
    return answer;
  }
  if (options_.assume == Completeness::kAuto) {
    if (from.from_cluster) {
      answer.reason = "the object was read from a cluster, which may hold more";
      return answer;
    }
    const std::string_view kind_name = to_string(kind);
    for (const UnreadPart& part : state_->unread) {
      const bool could_hold = part.any_kind || std::find(part.kinds.begin(), part.kinds.end(),
                                                         kind_name) != part.kinds.end();
      if (could_hold && is_near(part.folder, from.file->folder)) {
        answer.reason = part.what + " may bring it";
        return answer;
      }
    }
  }
  answer.answer = Answer::kAbsent;
  answer.lone_file = state_->lone_files && options_.assume == Completeness::kAuto;
  answer.reason = state_->extent;
  return answer;
}

std::vector<const Object*> Index::visible(const Object& from, Kind kind) const {
  struct Seen {
    std::pair<int, int> steps;
    bool other_file;
    const Object* object;
  };
  std::vector<Seen> all;
  for (const Object* object : of_kind(kind)) {
    if (object == &from || same_namespace(from, *object) == SameNamespace::kNo) continue;
    all.push_back({steps(from, *object), object->file != from.file, object});
  }
  std::stable_sort(all.begin(), all.end(), [](const Seen& a, const Seen& b) {
    return std::tie(a.steps, a.other_file) < std::tie(b.steps, b.other_file);
  });
  std::map<std::string_view, std::pair<std::pair<int, int>, bool>> nearest;
  std::vector<const Object*> result;
  for (const Seen& seen : all) {
    if (!seen.object->name.empty()) {
      const auto place = std::pair(seen.steps, seen.other_file);
      const auto [at, is_new] = nearest.emplace(seen.object->name, place);
      if (!is_new && at->second != place) continue;
    }
    result.push_back(seen.object);
  }
  return result;
}

bool Index::together(const Object& a, const Object& b) const {
  if (same_namespace(a, b) == SameNamespace::kNo) return false;
  if (a.file == b.file) return true;
  const bool built_a = !state_->builds.of(a).empty();
  const bool built_b = !state_->builds.of(b).empty();
  if (built_a || built_b) return state_->builds.share(a, b);
  return a.file->folder == b.file->folder;
}

}  // namespace sts::lint
