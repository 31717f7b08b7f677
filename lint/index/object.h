#pragma once

#include "kube/object/tree.h"
#include "lint/finding.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// The kinds that rules look at, by API group: a StatefulSet of another group is kOther.
enum class Kind : std::uint8_t {
  kStatefulSet,
  kDaemonSet,
  kDeployment,
  kReplicaSet,
  kReplicationController,
  kPod,
  kJob,
  kCronJob,
  kService,
  kEndpoints,
  kEndpointSlice,
  kConfigMap,
  kPersistentVolumeClaim,
  kPersistentVolume,
  kStorageClass,
  kPodDisruptionBudget,
  kHorizontalPodAutoscaler,
  kScaledObject,
  kNamespace,
  kOther,
};

/// What is known of the namespace that an object will live in.
struct NamespaceName {
  /// Written in the object or set by every kustomization that takes it in; else, with -n or the
  /// configuration's `namespace`, that one. Empty: ambient, nobody has said.
  std::string name;
  bool known() const { return !name.empty(); }
};

/// A file of the project, as far as rules care.
struct ProjectFile {
  std::shared_ptr<const kube::SourceFile> source;
  /// Relative to the project's root, '/'-separated, normalised; "<stdin>" for stdin.
  std::string path;
  /// path's folder: "" for the root itself.
  std::string folder;
  /// Named by the user, or inside a folder that was: findings that touch it are reported.
  bool target = false;
};

struct Kustomization;  // lint/index/kustomize.h

/// What a kustomize patch does to an object: pointers of the fields it writes, "" for unknown, and,
/// for those who need the value itself (patch_values.h), what it writes there.
struct PatchedBy {
  enum class How : std::uint8_t {
    kMerge,       // `content` is a strategic merge patch
    kOperations,  // an RFC 6902 list
    kValue,       // the value that the first pointer gets
    kOther,       // known by its pointers only
  };
  const Kustomization* kustomization = nullptr;
  std::vector<std::string> pointers;
  How how = How::kOther;
  kube::Value content;
  /// It surely targets this object; else it may.
  bool certain = false;
  /// Where `content` is reported when it stands in a text of the kustomization: that text.
  kube::Value inline_text;
};

/// One Kubernetes object of the project, where it is written.
class Object {
 public:
  Kind kind = Kind::kOther;
  std::string_view api_version;
  std::string_view kind_name;  // as written
  kube::Value root;            // the object (an item of a List has its own root)
  kube::Value metadata;
  std::string_view name;  // "" where missing or a placeholder
  NamespaceName name_space;
  const ProjectFile* file = nullptr;
  std::shared_ptr<const kube::Tree> tree;
  std::uint32_t ordinal = 0;  // its place in the index, the stable order

  /// Read from a live cluster (carries metadata.uid): nothing beside it is ever proven absent.
  bool from_cluster = false;
  /// Every kustomization that takes this object in, directly or through others.
  std::vector<const Kustomization*> kustomizations;
  std::vector<PatchedBy> patches;
  /// Where it was rendered from: Helm's `# Source:` or kustomize's origin annotation; "" if
  /// neither.
  std::string rendered_from;
  std::optional<kube::ByteRange> source_comment;

  ObjectName identity() const;

  /// Some kustomize patch writes at, above or below this pointer ("/spec/template/spec/volumes"):
  /// what the file says there is not what will run.
  bool patched_at(std::string_view pointer) const;
};

}  // namespace sts::lint
