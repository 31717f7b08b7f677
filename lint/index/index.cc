#include "lint/index/index.h"

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
  const bool found_in_build = !reference.nearest.empty();
  if (!found_in_build) reference.nearest = state_->names.nearest(from, kind, name, rank);
  if (reference.nearest.empty()) return unfound(from, kind, name, name_space);
  reference.answer = Answer::kFound;
  if (found_in_build) return reference;

  if (const Object* copy = nearer_copy(from, *reference.nearest.front())) {
    Reference unknown;
    const Object* nearest = reference.nearest.front();
    if (unfound(from, kind, name, name_space).answer == Answer::kAbsent) {
      unknown.beside_copy = nearest;
    }
    unknown.reason = describe(*nearest) + " stands beside another " + describe(*copy);
    return unknown;
  }
  return reference;
}

// A repository often holds the same objects once for each environment. What lies nearer to another
// copy of `from` is that copy's, and says nothing of this one.
const Object* Index::nearer_copy(const Object& from, const Object& to) const {
  const auto own_steps = steps(from, to);
  const bool same_folder = own_steps == std::pair(0, 0);
  // One file for each environment.
  const bool alternatives =
      same_folder && from.file != to.file && state_->alternatives.contains(from.file->folder);
  if ((same_folder && !alternatives) || from.name.empty() || built_together(from, to)) {
    return nullptr;
  }
  const std::vector<const Object*> copies = state_->names.nearest(
      to, from.kind, from.name, [&](const Object& copy) { return &copy == &from ? -1 : 0; });
  if (copies.empty()) return nullptr;
  const bool nearer =
      alternatives ? copies.front()->file == to.file : steps(*copies.front(), to) < own_steps;
  return nearer ? copies.front() : nullptr;
}

std::vector<const Object*> Index::scalers(const Object& workload) const {
  std::vector<const Object*> result;
  for (const Object* scaler : state_->scalers.find(workload.kind, workload.name)) {
    if (same_namespace(*scaler, workload) != SameNamespace::kNo) result.push_back(scaler);
  }
  for (const Object* scaler : state_->nameless_scalers) {
    const kube::Value target = scaler->root.get("spec", "scaleTargetRef");
    if (may_become(target.get("kind").text(), workload.kind_name) &&
        may_become(target.get("name").text(), workload.name) &&
        same_namespace(*scaler, workload) != SameNamespace::kNo &&
        is_near(scaler->file->folder, workload.file->folder)) {
      result.push_back(scaler);
    }
  }
  return result;
}

bool Index::built_together(const Object& a, const Object& b) const {
  return state_->builds.share(a, b);
}

bool Index::together(const Object& a, const Object& b) const {
  if (same_namespace(a, b) == SameNamespace::kNo) return false;
  if (a.file == b.file) return true;
  const bool built_a = !state_->builds.of(a).empty();
  const bool built_b = !state_->builds.of(b).empty();
  if (built_a || built_b) return state_->builds.share(a, b);
  if (a.file->folder != b.file->folder) return false;
  return !state_->alternatives.contains(a.file->folder);
}

}  // namespace sts::lint
