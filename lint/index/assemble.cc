#include "lint/index/alternatives.h"
#include "lint/index/builder_state.h"
#include "lint/index/kinds.h"
#include "lint/index/kustomization_reader.h"
#include "lint/index/kustomize_links.h"
#include "lint/index/missing_paths.h"
#include "lint/index/state.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace sts::lint {
namespace {

using PathSet = std::unordered_set<std::string_view>;

std::size_t number(Kind kind) { return static_cast<std::size_t>(kind); }

// What several kustomizations of one folder list; a path that one of them takes in as a resource
// stays an object.
std::vector<std::string> listed_as_patches(const std::deque<Kustomization>& kustomizations) {
  std::vector<std::string> paths;
  for (const Kustomization& each : kustomizations) {
    for (std::string& path : patch_paths(each)) paths.push_back(std::move(path));
  }
  PathSet resources;
  for (const Kustomization& each : kustomizations) {
    resources.insert(each.resources.begin(), each.resources.end());
  }
  std::erase_if(paths, [&](const std::string& path) { return resources.count(path) > 0; });
  return paths;
}

void add_build_files(const std::unordered_map<std::string_view, const ProjectFile*>& by_path,
                     Builds& builds) {
  for (const BuildStep& step : builds.steps()) {
    for (const std::string& path : step.kustomization->resources) {
      const auto file = by_path.find(path);
      if (file != by_path.end()) builds.add(file->second, &step);
    }
  }
}

void set_kustomizations(const Builds& builds, Object& object) {
  for (const BuildStep* step : builds.of_file(object.file)) {
    for (const Kustomization* each : step->chain) {
      auto& all = object.kustomizations;
      if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
    }
  }
}

void add_patch(const Patch& patch, bool certain, Object& object) {
  PatchedBy by;
  by.pointers = written_by(patch, object);
  if (by.pointers.empty()) return;
  by.kustomization = patch.kustomization;
  by.how = patch.how;
  by.content = patch.content;
  by.certain = certain;
  by.inline_text = patch.inline_text;
  object.patches.push_back(std::move(by));
}

}  // namespace

void IndexBuilder::State::read_kustomizations(Index::State& known) {
  for (KustomizationFile& each : kustomizations) {
    Kustomization& kustomization = known.kustomizations.emplace_back();
    kustomization.file = each.file.get();
    kustomization.folder = each.file->folder;
    read_kustomization(each.tree->root(), kustomization);
    known.files.push_back(std::move(each.file));
    known.trees.push_back(std::move(each.tree));
  }
  link_kustomizations(known.kustomizations, paths);
  if (!scope.lone_files) known.missing_paths = missing_paths_of(known.kustomizations, paths);
  known.builds = Builds(known.kustomizations);
}

void IndexBuilder::State::set_patches_aside(const std::deque<Kustomization>& all) {
  std::unordered_map<std::string_view, FileObjects*> by_path;
  for (FileObjects& each : files) by_path.emplace(each.file->path, &each);
  for (const std::string& path : listed_as_patches(all)) {
    const auto found = by_path.find(path);
    if (found == by_path.end()) continue;
    for (Object& object : found->second->objects) {
      fragments[path].push_back(std::move(object.tree));
    }
    found->second->objects.clear();
  }
}

void IndexBuilder::State::place_objects(Index::State& known, std::vector<Object>& objects) {
  std::stable_sort(files.begin(), files.end(), [](const FileObjects& a, const FileObjects& b) {
    return a.file->path < b.file->path;
  });
  std::unordered_map<std::string_view, const ProjectFile*> by_path;
  std::size_t count = 0;
  for (const FileObjects& each : files) {
    by_path.emplace(each.file->path, each.file.get());
    count += each.objects.size();
  }
  add_build_files(by_path, known.builds);
  objects.reserve(count);
  for (FileObjects& each : files) {
    for (Object& object : each.objects) {
      object.ordinal = static_cast<std::uint32_t>(objects.size());
      set_kustomizations(known.builds, object);
      objects.push_back(std::move(object));
    }
    known.files.push_back(std::move(each.file));
  }
}

void IndexBuilder::State::apply_patches(Index::State& known, std::vector<Object>& objects) {
  const PatchFiles patch_files = [&](const std::string& path) -> std::vector<TreePtr> {
    const auto found = fragments.find(path);
    return found == fragments.end() ? std::vector<TreePtr>() : found->second;
  };
  std::unordered_map<const Kustomization*, std::vector<Object*>> taken;
  for (Object& object : objects) {
    for (const Kustomization* each : object.kustomizations) taken[each].push_back(&object);
  }
  for (const Kustomization& kustomization : known.kustomizations) {
    const auto found = taken.find(&kustomization);
    if (found == taken.end()) continue;
    const std::vector<Patch> patches = patches_of(kustomization, patch_files);
    const bool images = kustomization.root.get("images").size() > 0;
    if (patches.empty() && !images) continue;
    for (const Patch& patch : patches) {
      if (patch.tree) known.trees.push_back(patch.tree);
    }
    for (Object* object : found->second) {
      const std::vector<std::string> later = known.builds.later_names(*object);
      for (const Patch& patch : patches) {
        const kube::Match match = targets(patch.target, *object, later);
        if (match != kube::Match::kNo) add_patch(patch, match == kube::Match::kYes, *object);
      }
      if (!images) continue;
      std::vector<std::string> pointers = replaced_images(kustomization, *object);
      if (pointers.empty()) continue;
      PatchedBy& by = object->patches.emplace_back();
      by.kustomization = &kustomization;
      by.pointers = std::move(pointers);
    }
  }
}

void IndexBuilder::State::add_scaler(const Object& scaler, Index::State& known) {
  if (scaler.kind != Kind::kHorizontalPodAutoscaler && scaler.kind != Kind::kScaledObject) return;
  const kube::Value target = scaler.root.get("spec", "scaleTargetRef");
  const auto name = target.get("name").string();
  // KEDA's default.
  const auto kind = target.get("kind") ? target.get("kind").string() : "Deployment";
  if (!name || !kind) {
    if (target) known.nameless_scalers.push_back(&scaler);
    return;
  }
  // The group is not looked at: an autoscaler of a wrong group scales nothing, but then the number
  // of replicas is somebody's guess all the same.
  const Kind scaled = kind_named(*kind);
  if (scaled != Kind::kOther) known.scalers.add(scaled, *name, &scaler);
}

Index IndexBuilder::build() && {
  Index index(state_->options);
  auto known = std::make_shared<Index::State>();
  known->unread = std::move(state_->unread);
  thin_out(known->unread);
  known->outside = std::move(state_->outside);
  known->lone_files = state_->scope.lone_files;
  known->extent = state_->scope.lone_files ? "this file alone" : "this project";
  known->namespaces.emplace(known->builds, state_->options.ambient_namespace);

  state_->read_kustomizations(*known);
  state_->set_patches_aside(known->kustomizations);
  state_->place_objects(*known, index.objects_);
  state_->apply_patches(*known, index.objects_);

  known->builds.remember(index.objects_);
  known->namespaces->remember(index.objects_);
  for (Object& object : index.objects_) object.name_space = known->namespaces->known(object);
  for (const Object& object : index.objects_) {
    known->by_kind[number(object.kind)].push_back(&object);
    State::add_scaler(object, *known);
    if (!object.name.empty()) {
      known->names.add(object.kind, object.name, &object);
      for (std::string& name : known->builds.later_names(object)) {
        known->names.add_owned(object.kind, std::move(name), &object);
      }
    } else if (object.metadata.get("name")) {
      known->nameless[number(object.kind)].push_back(&object);
    }
  }
  known->alternatives = folders_of_alternatives(index.objects_);
  known->names.sort();
  known->scalers.sort();
  index.state_ = std::move(known);
  return index;
}

}  // namespace sts::lint
