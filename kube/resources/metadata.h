#pragma once

#include "kube/resources/fields.h"
#include "kube/semantics/label_selector.h"

#include <optional>
#include <string>
#include <vector>

namespace sts::kube {

/// metadata.ownerReferences[]
struct OwnerReference {
  std::string api_version;
  std::string kind;
  std::string name;
  std::string uid;
  bool controller = false;
};

/// metadata, without managedFields (apimachinery meta/v1 ObjectMeta).
struct Metadata {
  std::string name;
  std::string name_space;
  std::string uid;
  std::string resource_version;
  std::int64_t generation = 0;
  std::optional<Time> created;
  /// When the object is to be gone: the request's time plus the grace period
  /// (registry/rest/delete.go, BeforeDelete).
  std::optional<Time> deletion;
  std::optional<std::int64_t> deletion_grace_seconds;
  StringMap labels;
  StringMap annotations;  // of StatefulSets and ConfigMaps only
  std::vector<std::string> finalizers;
  std::vector<OwnerReference> owners;

  /// The owner that controls it; null for none.
  const OwnerReference* controller() const;
  /// "" where the label is missing.
  const std::string& label(std::string_view key) const;
};

enum class KeepAnnotations : bool { kNo, kYes };

/// The metadata of an object that `root` reads.
Metadata read_metadata(const Fields& root, KeepAnnotations annotations = KeepAnnotations::kNo);

/// status.conditions[] of Pods, StatefulSets, claims and Nodes.
struct Condition {
  std::string type;
  std::string status;  // True, False or Unknown
  std::string reason;
  std::string message;
  std::optional<Time> changed;  // lastTransitionTime
};

std::vector<Condition> read_conditions(const Fields& status);
/// Null where there is none of that type.
const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type);

/// A LabelSelector as workloads have it.
LabelSelector read_label_selector(const Fields& selector);

/// What every from_json() ends with: the object, or the first thing wrong with its JSON.
template <typename T>
Result<T> checked(T object, const Fields& root) {
  if (!root.problem().empty()) return fail(root.problem());
  return object;
}

}  // namespace sts::kube
