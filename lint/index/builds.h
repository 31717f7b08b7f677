#pragma once

#include "lint/index/kustomize.h"
#include "lint/index/object.h"

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sts::lint {

/// A kustomization's place in what one root kustomization builds.
struct BuildStep {
  const Kustomization* kustomization = nullptr;
  const BuildStep* outer = nullptr;  // the step that takes this one in; null at the root
  std::uint32_t root = 0;            // steps of one build share it
  /// The namespace that objects taken in here end up in; "" where no kustomization on the way out
  /// sets one. kustomize's NamespaceTransformer overrides what the object says; the outermost one
  /// is the last to write.
  std::string_view name_space;
  /// What transforms objects taken in here, in kustomize's order: from the inside out, and at each
  /// level the components before the kustomization itself (KustTarget.accumulateTarget).
  std::vector<const Kustomization*> chain;
};

/// Which kustomizations build which objects. Roots are the kustomizations that no other takes in.
class Builds {
 public:
  /// Follows `bases` from every root; each kustomization counts once in a build.
  explicit Builds(const std::deque<Kustomization>& kustomizations);
  Builds() = default;

  /// Every place of a file in the builds; empty for files that no kustomization takes in.
  std::span<const BuildStep* const> of_file(const ProjectFile* file) const;
  std::span<const BuildStep* const> of(const Object& object) const {
    if (object.kustomizations.empty()) return {};
    return object.ordinal < by_object_.size() ? by_object_[object.ordinal] : of_file(object.file);
  }

  /// Looks the files of the objects up once; their ordinals must be set.
  void remember(std::span<const Object> objects);

  bool holds(std::uint32_t root, const Object& object) const;

  /// The opaque kustomizations, each with the builds it is part of.
  const std::map<const Kustomization*, std::vector<std::uint32_t>>& opaque() const {
    return opaque_;
  }

  /// Some build holds both.
  bool share(const Object& a, const Object& b) const;

  /// Every name that the object has on its way out of the builds, but for the one written.
  std::vector<std::string> later_names(const Object& object) const;

  void add(const ProjectFile* file, const BuildStep* step) { by_file_[file].push_back(step); }
  const std::deque<BuildStep>& steps() const { return steps_; }
  const Kustomization& root(std::uint32_t number) const { return *roots_[number]; }

 private:
  using Set = std::unordered_set<const Kustomization*>;
  void follow(const Kustomization& kustomization, const BuildStep* outer, std::uint32_t root,
              Set& seen);

  std::deque<BuildStep> steps_;
  std::vector<const Kustomization*> roots_;
  std::unordered_map<const ProjectFile*, std::vector<const BuildStep*>> by_file_;
  std::vector<std::span<const BuildStep* const>> by_object_;
  std::map<const Kustomization*, std::vector<std::uint32_t>> opaque_;
};

}  // namespace sts::lint
