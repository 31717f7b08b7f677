#pragma once

#include "kube/object/tree.h"
#include "kube/semantics/known_labels.h"
#include "lint/index/builds.h"
#include "lint/index/object.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

using TreePtr = std::shared_ptr<const kube::Tree>;

/// Which objects a patch writes to: kustomize's Selector. Name and namespace are anchored regular
/// expressions there; here what is more than `.` and `.*` matches everything.
struct PatchTarget {
  std::string kind;
  std::string name;
  std::string name_space;
  bool is_pattern = false;  // from a `target:`, not from the patch's own metadata
  bool narrowed = false;  // a group, version or selector, which are not looked at, may rule it out
};

/// One document of a patch.
struct Patch {
  const Kustomization* kustomization = nullptr;
  PatchTarget target;
  PatchedBy::How how = PatchedBy::How::kOther;
  kube::Value content;  // as in PatchedBy
  kube::Value inline_text;
  TreePtr tree;  // keeps `content`; null where the kustomization's own tree does
  /// Those that are known without looking at the object: of all but merge patches.
  std::vector<std::string> pointers;
};

/// The documents of a project file; nothing where it was not read.
using PatchFiles = std::function<std::vector<TreePtr>(const std::string& path)>;

/// Project paths of the files that it lists as patches: `patches[].path`, `patchesStrategicMerge`,
/// `patchesJson6902[].path`.
std::vector<std::string> patch_paths(const Kustomization& kustomization);

/// Everything that it writes into objects: patches in all spellings, replicas, replacements.
/// What cannot be read writes at "" (anywhere).
std::vector<Patch> patches_of(const Kustomization& kustomization, const PatchFiles& files);

/// Does this patch write to the object (which its kustomization takes in)? `names` are the ones the
/// object has later in the build.
kube::Match targets(const PatchTarget& target, const Object& object,
                    const std::vector<std::string>& names);

/// The pointers that a patch writes in this object.
std::vector<std::string> written_by(const Patch& patch, const Object& object);

/// Pointers of the images that `images:` replaces.
std::vector<std::string> replaced_images(const Kustomization& kustomization, const Object& object);

/// The document is a fragment for a strategic merge: somewhere it holds a directive (`$patch`).
bool holds_patch_directive(const kube::Tree& tree);

}  // namespace sts::lint
