#pragma once

#include "kube/object/tree.h"
#include "lint/index/object.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

class Index;

enum class ContainerRole : std::uint8_t { kMain, kInit, kSidecar, kEphemeral };

struct Container {
  kube::Value value;
  ContainerRole role =
      ContainerRole::kMain;  // kSidecar: an init container with restartPolicy Always
  std::string_view name;
  std::string_view image;  // "" where missing or not a string
};

/// The pod template of any workload kind (a Pod's own spec, a CronJob's jobTemplate …).
struct PodTemplate {
  kube::Value metadata;  // the template's metadata (a Pod's own)
  kube::Value spec;
  std::string pointer;  // of the template within the object: "/spec/template"
  explicit operator bool() const { return spec.is_mapping(); }

  /// Main, init, then ephemeral containers, in the order written.
  std::vector<Container> containers() const;
  kube::Value volume(std::string_view name) const;
};

/// Nothing for kinds without a pod template, or where it is missing.
PodTemplate pod_template(const Object& object);

/// The object is a StatefulSet or DaemonSet (any served or once-served version).
inline bool is_set(const Object& object) {
  return object.kind == Kind::kStatefulSet || object.kind == Kind::kDaemonSet;
}

/// integer(), where it is one that the API's int32 fields can hold: what is larger is
/// field-invalid's, and nobody calculates with it.
std::optional<std::int64_t> int32_of(kube::Value value);

/// A count that may be unknown (a placeholder, replaced by a kustomization, owned by an HPA).
struct StatefulSetView {
  explicit StatefulSetView(const Object& object);
  /// With the index, `replicas` is also unknown where an autoscaler of the project sets it.
  StatefulSetView(const Object& object, const Index& index);

  const Object& object;
  kube::Value spec;
  PodTemplate pods;
  std::string_view service_name;  // "" where absent, empty or unknown
  bool service_name_unknown = false;
  std::optional<std::int64_t> replicas;  // 1 by default; nothing where unknown
  std::int64_t start = 0;                // spec.ordinals.start
  bool start_unknown = false;
  bool parallel = false;  // podManagementPolicy: Parallel

  std::vector<kube::Value> claim_templates() const;
  kube::Value claim_template(std::string_view name) const;
};

}  // namespace sts::lint
