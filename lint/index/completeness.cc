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

// A base far away from the object brings other things: in a build of a whole cluster, only what
// lies near counts.
const Kustomization* opaque_base(const Kustomization& of, const Object& from,
                                 std::vector<const Kustomization*>& seen) {
  if (std::find(seen.begin(), seen.end(), &of) != seen.end()) return nullptr;
  seen.push_back(&of);
  for (const Kustomization* base : of.bases) {
    if (base->opaque && is_near(base->folder, from.file->folder)) return base;
    if (const Kustomization* deeper = opaque_base(*base, from, seen)) return deeper;
  }
  return nullptr;
}

const Kustomization* opaque_for(const std::deque<Kustomization>& all, const Object& from) {
  for (const Kustomization* each : from.kustomizations) {
    if (each->opaque) return each;
    std::vector<const Kustomization*> seen;
    if (const Kustomization* base = opaque_base(*each, from, seen)) return base;
  }
  for (const Kustomization& each : all) {
    if (each.opaque && folder_holds(each.folder, from.file->folder)) return &each;
  }
  return nullptr;
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
    if (same != SameNamespace::kNo && may_become(written.text(), name) &&
        is_near(object->file->folder, from.file->folder)) {
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
    for (const UnreadPart& part : state_->unread) {
      if (could_hold(part, to_string(kind)) && is_near(part.folder, from.file->folder)) {
        answer.reason = part.what + " may bring it";
        return answer;
      }
    }
    if (const Kustomization* opaque = opaque_for(state_->kustomizations, from)) {
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
