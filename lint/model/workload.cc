#include "lint/model/workload.h"

#include "lint/index/index.h"

#include <algorithm>
#include <limits>

namespace sts::lint {
namespace {

void add_containers(kube::Value list, ContainerRole role, std::vector<Container>& out) {
  for (kube::Value item : list.items()) {
    if (!item.is_mapping()) continue;
    Container container;
    container.value = item;
    container.role = role;
    if (role == ContainerRole::kInit && item.get("restartPolicy").string() == "Always") {
      container.role = ContainerRole::kSidecar;
    }
    container.name = item.get("name").string().value_or("");
    container.image = item.get("image").string().value_or("");
    out.push_back(container);
  }
}

PodTemplate template_at(kube::Value value, std::string pointer) {
  PodTemplate pods;
  pods.metadata = value.get("metadata");
  pods.spec = value.get("spec");
  pods.pointer = std::move(pointer);
  return pods;
}

kube::Value named(kube::Value list, std::string_view name, const auto& name_of) {
  for (kube::Value item : list.items()) {
    if (item.is_mapping() && name_of(item).string() == name) return item;
  }
  return {};
}

}  // namespace

std::vector<Container> PodTemplate::containers() const {
  std::vector<Container> all;
  add_containers(spec.get("containers"), ContainerRole::kMain, all);
  add_containers(spec.get("initContainers"), ContainerRole::kInit, all);
  add_containers(spec.get("ephemeralContainers"), ContainerRole::kEphemeral, all);
  return all;
}

kube::Value PodTemplate::volume(std::string_view name) const {
  return named(spec.get("volumes"), name, [](kube::Value item) { return item.get("name"); });
}

std::optional<std::int64_t> int32_of(kube::Value value) {
  const auto number = value.integer();
  if (!number || *number < std::numeric_limits<std::int32_t>::min() ||
      *number > std::numeric_limits<std::int32_t>::max()) {
    return std::nullopt;
  }
  return number;
}

PodTemplate pod_template(const Object& object) {
  switch (object.kind) {
    case Kind::kStatefulSet:
    case Kind::kDaemonSet:
    case Kind::kDeployment:
    case Kind::kReplicaSet:
    case Kind::kReplicationController:
    case Kind::kJob:
      return template_at(object.root.get("spec", "template"), "/spec/template");
    case Kind::kCronJob:
      return template_at(object.root.get("spec", "jobTemplate", "spec", "template"),
                         "/spec/jobTemplate/spec/template");
    case Kind::kPod:
      return template_at(object.root, "");
    default:
      return {};
  }
}

StatefulSetView::StatefulSetView(const Object& set)
    : object(set), spec(set.root.get("spec")), pods(pod_template(set)) {
  const kube::Value name = spec.get("serviceName");
  if (object.patched_at("/spec/serviceName") || (name && !name.string())) {
    service_name_unknown = true;
  } else {
    service_name = name.string().value_or("");
  }

  const kube::Value count = spec.get("replicas");
  if (!object.patched_at("/spec/replicas")) {
    replicas = count ? int32_of(count) : std::optional<std::int64_t>(1);
  }

  const kube::Value first = spec.get("ordinals", "start");
  const auto written = first ? int32_of(first) : std::optional<std::int64_t>(0);
  start = written.value_or(0);
  start_unknown = !written || object.patched_at("/spec/ordinals/start");

  parallel = spec.get("podManagementPolicy").string() == "Parallel";
}

StatefulSetView::StatefulSetView(const Object& set, const Index& index) : StatefulSetView(set) {
  if (!index.scalers(set).empty()) replicas.reset();
}

std::vector<kube::Value> StatefulSetView::claim_templates() const {
  std::vector<kube::Value> all;
  for (kube::Value item : spec.get("volumeClaimTemplates").items()) {
    if (item.is_mapping()) all.push_back(item);
  }
  return all;
}

kube::Value StatefulSetView::claim_template(std::string_view name) const {
  return named(spec.get("volumeClaimTemplates"), name,
               [](kube::Value item) { return item.get("metadata", "name"); });
}

}  // namespace sts::lint
