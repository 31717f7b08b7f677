#include "lint/index/kinds.h"

#include <array>

namespace sts::lint {
namespace {

struct Known {
  Kind kind;
  std::string_view name;
  std::string_view group;
  std::string_view old_group;  // where it was served before, "-" for nowhere
};

// The groups that have ever served each kind (Kubernetes 1.0-1.36; KEDA for ScaledObject).
constexpr std::array<Known, 19> kKnown{{
    {Kind::kStatefulSet, "StatefulSet", "apps", "-"},
    {Kind::kDaemonSet, "DaemonSet", "apps", "extensions"},
    {Kind::kDeployment, "Deployment", "apps", "extensions"},
    {Kind::kReplicaSet, "ReplicaSet", "apps", "extensions"},
    {Kind::kReplicationController, "ReplicationController", "", "-"},
    {Kind::kPod, "Pod", "", "-"},
    {Kind::kJob, "Job", "batch", "extensions"},
    {Kind::kCronJob, "CronJob", "batch", "-"},
    {Kind::kService, "Service", "", "-"},
    {Kind::kEndpoints, "Endpoints", "", "-"},
    {Kind::kEndpointSlice, "EndpointSlice", "discovery.k8s.io", "-"},
    {Kind::kConfigMap, "ConfigMap", "", "-"},
    {Kind::kPersistentVolumeClaim, "PersistentVolumeClaim", "", "-"},
    {Kind::kPersistentVolume, "PersistentVolume", "", "-"},
    {Kind::kStorageClass, "StorageClass", "storage.k8s.io", "-"},
    {Kind::kPodDisruptionBudget, "PodDisruptionBudget", "policy", "-"},
    {Kind::kHorizontalPodAutoscaler, "HorizontalPodAutoscaler", "autoscaling", "extensions"},
    {Kind::kScaledObject, "ScaledObject", "keda.sh", "keda.k8s.io"},
    {Kind::kNamespace, "Namespace", "", "-"},
}};

std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
}

}  // namespace

Kind kind_of(std::string_view api_version, std::string_view kind) {
  const std::string_view group = group_of(api_version);
  for (const Known& known : kKnown) {
    if (known.name == kind) {
      return group == known.group || group == known.old_group ? known.kind : Kind::kOther;
    }
  }
  return Kind::kOther;
}

Kind kind_named(std::string_view kind) {
  for (const Known& known : kKnown) {
    if (known.name == kind) return known.kind;
  }
  return Kind::kOther;
}

std::string_view to_string(Kind kind) {
  for (const Known& known : kKnown) {
    if (known.kind == kind) return known.name;
  }
  return {};
}

bool is_cluster_scoped(Kind kind) {
  return kind == Kind::kPersistentVolume || kind == Kind::kStorageClass || kind == Kind::kNamespace;
}

bool is_list_kind(std::string_view kind) {
  constexpr std::string_view kSuffix = "List";
  return kind == "Template" ||
         (kind.size() >= kSuffix.size() && kind.substr(kind.size() - kSuffix.size()) == kSuffix);
}

}  // namespace sts::lint
