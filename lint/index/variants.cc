#include "lint/index/patch_values.h"
#include "lint/index/state.h"

#include <algorithm>

// What the builds of kustomizations make of an object, each by itself.
namespace sts::lint {
namespace {

kube::Value field_at(kube::Value value, std::string_view pointer) {
  while (!pointer.empty() && value.exists()) {
    pointer.remove_prefix(1);
    const std::size_t slash = std::min(pointer.find('/'), pointer.size());
    value = value.get(unescaped_token(pointer.substr(0, slash)));
    pointer.remove_prefix(slash);
  }
  return value;
}

void apply(const PatchedBy& patch, std::string_view pointer, Variant& variant) {
  const PatchedField field = patched_field(patch, pointer);
  if (field.state == PatchedField::State::kUntouched) return;
  variant.known = field.state != PatchedField::State::kUnknown;
  variant.value = field.value;
  variant.writer = patch.kustomization;
  variant.place = patch.inline_text.exists() ? patch.inline_text : field.value;
}

// Some kustomization on the object's way into the build is a component.
bool comes_by_component(const BuildStep* step) {
  for (; step != nullptr; step = step->outer) {
    if (step->kustomization->component) return true;
  }
  return false;
}

}  // namespace

std::vector<Build> Index::builds_of(const Object& object) const {
  std::vector<Build> builds;
  for (const BuildStep* step : state_->builds.of(object)) builds.push_back(step->root);
  std::sort(builds.begin(), builds.end());
  builds.erase(std::unique(builds.begin(), builds.end()), builds.end());
  return builds;
}

const Kustomization& Index::root_of(Build build) const { return state_->builds.root(build); }

bool Index::holds(Build build, const Object& object) const {
  return state_->builds.holds(build, object);
}

std::vector<Variant> Index::variants(const Object& object, std::string_view pointer) const {
  Variant own;
  own.value = field_at(object.root, pointer);
  own.place = own.value;
  const auto steps = state_->builds.of(object);
  if (steps.empty()) return {own};
  std::vector<Variant> all;
  for (const BuildStep* step : steps) {
    Variant variant = own;
    variant.build = step->root;
    for (const Kustomization* each : step->chain) {
      for (const PatchedBy& patch : object.patches) {
        if (patch.kustomization == each) apply(patch, pointer, variant);
      }
    }
    all.push_back(variant);
  }
  return all;
}

std::vector<const Kustomization*> Index::builds_without(
    const Object& object, const std::vector<const Object*>& others) const {
  const bool components_only =
      !others.empty() && std::all_of(others.begin(), others.end(), [&](const Object* other) {
        const auto steps = state_->builds.of(*other);
        return !steps.empty() && std::all_of(steps.begin(), steps.end(), comes_by_component);
      });
  if (!components_only) return {};
  std::vector<const Kustomization*> lacking;
  for (const Build build : builds_of(object)) {
    const bool has = std::any_of(others.begin(), others.end(),
                                 [&](const Object* other) { return holds(build, *other); });
    const bool opaque = std::any_of(
        state_->builds.opaque().begin(), state_->builds.opaque().end(), [&](const auto& entry) {
          return std::find(entry.second.begin(), entry.second.end(), build) != entry.second.end();
        });
    if (!has && !opaque) lacking.push_back(&root_of(build));
  }
  return lacking;
}

const std::vector<MissingPath>& Index::missing_paths() const { return state_->missing_paths; }

}  // namespace sts::lint
