#include "lint/index/builds.h"

#include <algorithm>

namespace sts::lint {
namespace {

void add_new(std::string name, std::string_view written, std::vector<std::string>& names) {
  if (name != written && std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(std::move(name));
  }
}

}  // namespace

Builds::Builds(const std::deque<Kustomization>& kustomizations) {
  Set taken;
  for (const Kustomization& each : kustomizations) {
    taken.insert(each.bases.begin(), each.bases.end());
  }
  Set reached;
  const auto build = [&](const Kustomization& root) {
    Set seen;
    roots_.push_back(&root);
    follow(root, nullptr, static_cast<std::uint32_t>(roots_.size() - 1), seen);
    reached.insert(seen.begin(), seen.end());
  };
  for (const Kustomization& each : kustomizations) {
    if (taken.count(&each) == 0) build(each);
  }
  // Kustomizations that take in one another in a circle are refused by kustomize; here they still
  // hold their files together.
  for (const Kustomization& each : kustomizations) {
    if (reached.count(&each) == 0) build(each);
  }
  for (const BuildStep& step : steps_) {
    if (step.kustomization->opaque) opaque_[step.kustomization].push_back(step.root);
  }
}

void Builds::follow(const Kustomization& kustomization, const BuildStep* outer, std::uint32_t root,
                    Set& seen) {
  if (!seen.insert(&kustomization).second) return;
  BuildStep step;
  step.kustomization = &kustomization;
  step.outer = outer;
  step.root = root;
  step.chain.push_back(&kustomization);
  // A component transforms all that the kustomization which names it has gathered.
  for (const Kustomization* base : kustomization.bases) {
    if (base->component) step.chain.insert(step.chain.end() - 1, base);
  }
  if (outer != nullptr) {
    for (const Kustomization* next : outer->chain) {
      if (next != &kustomization) step.chain.push_back(next);
    }
  }
  for (const Kustomization* each : step.chain) {
    if (!each->name_space.empty()) step.name_space = each->name_space;
  }
  steps_.push_back(std::move(step));
  const BuildStep* self = &steps_.back();
  for (const Kustomization* base : kustomization.bases) follow(*base, self, root, seen);
}

std::span<const BuildStep* const> Builds::of_file(const ProjectFile* file) const {
  const auto found = by_file_.find(file);
  if (found == by_file_.end()) return {};
  return found->second;
}

void Builds::remember(std::span<const Object> objects) {
  by_object_.clear();
  by_object_.reserve(objects.size());
  for (const Object& object : objects) by_object_.push_back(of_file(object.file));
}

bool Builds::holds(std::uint32_t root, const Object& object) const {
  const auto steps = of(object);
  return std::any_of(steps.begin(), steps.end(),
                     [&](const BuildStep* step) { return step->root == root; });
}

bool Builds::share(const Object& a, const Object& b) const {
  for (const BuildStep* step_a : of(a)) {
    for (const BuildStep* step_b : of(b)) {
      if (step_a->root == step_b->root) return true;
    }
  }
  return false;
}

std::vector<std::string> Builds::later_names(const Object& object) const {
  std::vector<std::string> names;
  for (const BuildStep* step : of(object)) {
    std::string name(object.name);
    for (const Kustomization* each : step->chain) {
      if (each->name_prefix.empty() && each->name_suffix.empty()) continue;
      name = each->name_prefix + name + each->name_suffix;
      add_new(name, object.name, names);
    }
  }
  return names;
}

}  // namespace sts::lint
