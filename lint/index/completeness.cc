#include "kube/object/placeholder.h"
#include "lint/index/kinds.h"
#include "lint/index/paths.h"
#include "lint/index/placeholder.h"
#include "lint/index/state.h"

#include <algorithm>

namespace sts::lint {
namespace {

bool could_hold(const UnreadPart& part, std::string_view kind) {
  return part.any_kind || std::find(part.kinds.begin(), part.kinds.end(), kind) != part.kinds.end();
}

// The kustomization takes the object in, or stands above it, or is built beside it from near by: in
// the build of a whole cluster, a base far away brings other things.
bool may_bring(const Kustomization& opaque, const std::vector<std::uint32_t>& roots,
               const Builds& builds, const Object& from) {
  const auto& takers = from.kustomizations;
  return folder_holds(opaque.folder, from.file->folder) ||
         std::find(takers.begin(), takers.end(), &opaque) != takers.end() ||
         (is_near(opaque.folder, from.file->folder) &&
          std::any_of(roots.begin(), roots.end(),
                      [&](std::uint32_t root) { return builds.holds(root, from); }));
}

// The first by path, so that the reason is the same in every run.
const Kustomization* opaque_for(const Builds& builds, const Object& from) {
  const Kustomization* first = nullptr;
  for (const auto& [opaque, roots] : builds.opaque()) {
    if (first != nullptr && first->file->path < opaque->file->path) continue;
    if (may_bring(*opaque, roots, builds, from)) first = opaque;
  }
  return first;
}

std::string why_opaque(const Kustomization& kustomization) {
  const std::string where = kustomization.file->path;
  if (kustomization.remote.empty()) return "what " + where + " generates may bring it";
  return "\"" + kustomization.remote.front() + "\", which " + where +
         " takes in and which is not in this project, may bring it";
}

bool generates(const Kustomization& kustomization, std::string_view name) {
  const auto& names = kustomization.generated_config_maps;
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The name has parts beside its placeholders: where they fit, it counts from anywhere in the
// project.
bool says_something(kube::Value name) {
  const NameParts parts = name_parts(name.text());
  constexpr std::string_view kWord = "abcdefghijklmnopqrstuvwxyz0123456789";
  return parts.open && (parts.head + parts.tail).find_first_of(kWord) != std::string::npos;
}

}  // namespace

Reference Index::unfound(const Object& from, Kind kind, std::string_view name,
                         std::optional<std::string_view> name_space) const {
  Reference unknown;
  if (kube::has_placeholder(name, false)) {
    unknown.reason = "the name holds a placeholder";
    return unknown;
  }
  for (const Object* object : state_->nameless[static_cast<std::size_t>(kind)]) {
    const kube::Value written = object->metadata.get("name");
    const SameNamespace same = name_space ? state_->namespaces->same(from, *object, *name_space)
                                          : state_->namespaces->same(from, *object);
    // What is no string at all will have to be replaced.
    const bool fits = !written.is_scalar() || may_become(written.text(), name);
    if (same != SameNamespace::kNo && fits &&
        (says_something(written) ||
         is_near(template_folder(object->file->path), from.file->folder))) {
      unknown.reason = std::string(object->kind_name) + " \"" + std::string(written.text()) +
                       "\" (" + object->file->path + ") may become it";
      return unknown;
    }
  }
  if (kind == Kind::kConfigMap) {
    for (const Kustomization& each : state_->kustomizations) {
      if (generates(each, name) && is_near(each.folder, from.file->folder)) {
        unknown.reason = each.file->path + " generates it";
        return unknown;
      }
    }
  }
  if (options_.assume == Completeness::kAuto) {
    if (auto reason = state_->outside.may_bring(
            kind, name, name_space.value_or(std::string_view(from.name_space.name)))) {
      unknown.reason = std::move(*reason);
      return unknown;
    }
  }
  return completeness(from, kind);
}

Reference Index::absence(const Object& from, Kind kind, std::string_view name) const {
  return unfound(from, kind, name, std::nullopt);
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
    for (const UnreadPart& part : state_->unread) {
      if (could_hold(part, to_string(kind)) && is_near(part, from.file->folder)) {
        answer.reason = part.what + " may bring it";
        return answer;
      }
    }
    if (const Kustomization* opaque = opaque_for(state_->builds, from)) {
      answer.reason = why_opaque(*opaque);
      return answer;
    }
  }
  answer.answer = Answer::kAbsent;
  answer.lone_file = state_->lone_files && options_.assume == Completeness::kAuto;
  answer.reason = state_->extent;
  return answer;
}

}  // namespace sts::lint
