#pragma once

#include "lint/index/index.h"
#include "lint/model/workload.h"
#include "lint/rule.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

// What the storage rules share: volumes, claim templates and mounts of one workload, each with the
// answer to "is that all of them?".
namespace sts::lint::storage {

/// One volumeMounts or volumeDevices item.
struct Mount {
  Container container;
  kube::Value value;
  std::string_view volume;  // the name it refers to; "" where missing or unknown
  bool device = false;
};

/// `open`: placeholders or kustomize patches may add to what is written, so nothing is absent.
struct Mounts {
  std::vector<Mount> all;
  bool open = false;
};

struct Named {
  std::string_view name;  // "" where missing or unknown
  kube::Value value;      // the whole item
  kube::Value name_value;
};

struct NamedList {
  std::vector<Named> all;
  bool open = false;

  /// The last of that name, as a map filled in order keeps it.
  const Named* find(std::string_view name) const;

 private:
  // Of long lists, made by find(); one list belongs to one thread.
  mutable std::unordered_map<std::string_view, std::size_t> by_name_;
  mutable std::size_t indexed_ = 0;
};

Mounts mounts_of(const Object& object, const PodTemplate& pods);
/// template.spec.volumes; claims of claim templates are not among them.
NamedList volumes_of(const Object& object, const PodTemplate& pods);
/// spec.volumeClaimTemplates of any kind; a DaemonSet that has some is another rule's business, and
/// so is a name that stands beside metadata instead of in it.
NamedList claim_templates_of(const Object& object);

/// The names of volumes and claim templates that stand at a wrong level or under a misspelt key:
/// field-misplaced and unknown-field say so, and what refers to them is not wrong besides.
std::vector<std::string_view> misplaced_names(const Object& object, const PodTemplate& pods);

/// volumes_of without those whose name a claim template takes (stateful_set_utils.go,
/// updateStorage): what is said of a shadowed volume is said of nothing.
NamedList effective_volumes_of(const Object& object, const PodTemplate& pods);

/// The claim templates are there to be judged: a StatefulSet, and no kustomize patch writes to
/// them.
bool judges_claim_templates(const Object& object);

/// The volume or claim template that a mount of an unknown name was probably meant for; null for
/// none. Points into one of the lists.
const Named* meant_volume(std::string_view name, const NamedList& volumes,
                          const NamedList& templates, const Mounts& mounts);

/// Something that becomes a PersistentVolumeClaim: a claim template, or the template of a generic
/// ephemeral volume. The API server holds both to the rules of a claim.
struct Claim {
  std::string what;  // `claim template "data"`, `ephemeral volume "scratch"`
  kube::Value item;  // the volumeClaimTemplates item, or ephemeral.volumeClaimTemplate
  kube::Value name;  // where to report what has no better place
  kube::Value spec;
  bool ephemeral = false;

  /// `key` was written elsewhere or with a slip: beside spec, under metadata, `accessMode`. That is
  /// field-misplaced's or unknown-field's finding, and says it better than "is missing".
  bool written_otherwise(std::string_view key) const;
};

/// Those of a StatefulSet or DaemonSet that are known as they are written.
std::vector<Claim> claims_of(const Object& object);

/// The key that names a volume's source: "emptyDir", "persistentVolumeClaim"; "" for none.
std::string_view source_of(kube::Value volume);

/// `claim template "data"`, or by its place in the list that holds it, from 1: `claim template 2`.
std::string named_claim_template(const NamedList& templates, const Named& claim_template);
/// `container "db"`, `init container "wait"`.
std::string named(const Container& container);

/// What becomes of a StatefulSet whose pods or claims are invalid: before 1.34 the API server took
/// it and no pod was ever made (kubernetes#131790, #132212).
std::string rejection(const Object& object, const Options& options);

/// The written access modes; nothing where they are unknown, empty where there are none.
std::optional<std::vector<std::string_view>> access_modes(kube::Value claim_spec);

/// Only where nobody says otherwise: a StatefulSet's or Deployment's replicas, nothing where
/// unknown or not applicable (a DaemonSet's number of nodes).
std::optional<std::int64_t> replicas_of(const Object& object, const RuleContext& context);

/// The pod template binds its pods to particular nodes: nodeName, or a node selector or required
/// affinity on more than operating system and architecture.
bool pinned_to_nodes(const PodTemplate& pods);

/// The name as words: "redis-cache_2" is redis, cache, 2.
bool has_word(std::string_view name, std::string_view word);

/// Its names say that what it stores can be made anew: caches, scratch space, CI runners, tests.
bool rebuildable(const Object& object);

}  // namespace sts::lint::storage
