#include "lint/rules/service/ports.h"

namespace sts::lint::service {
namespace {

bool asks_for_injection(const PodTemplate& pods) {
  for (kube::Value map : {pods.metadata.get("annotations"), pods.metadata.get("labels")}) {
    for (const kube::Entry& entry : map.entries()) {
      if (entry.key.text().find("inject") != std::string_view::npos &&
          entry.value.text() != "false" && entry.value.text() != "disabled") {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

PodPorts ports_of(const Object& workload) {
  const PodTemplate pods = pod_template(workload);
  PodPorts result;
  result.open = workload.patched_at(pods.pointer + "/spec/containers") ||
                workload.patched_at(pods.pointer + "/spec/initContainers") ||
                !pods.spec.get("containers").is_sequence() || asks_for_injection(pods);
  for (const Container& container : pods.containers()) {
    if (container.role != ContainerRole::kMain && container.role != ContainerRole::kSidecar) {
      continue;
    }
    const kube::Value ports = container.value.get("ports");
    if (ports && !ports.is_sequence()) result.open = true;
    for (kube::Value item : ports.items()) {
      if (!item.is_mapping()) {
        result.open = true;
        continue;
      }
      ContainerPort port;
      port.value = item;
      const kube::Value name = item.get("name");
      port.name = name.string().value_or("");
      port.number = item.get("containerPort").integer();
      port.protocol = protocol_of(item);
      if ((name && !name.string()) || !port.number || port.protocol.empty()) result.open = true;
      result.ports.push_back(port);
    }
  }
  return result;
}

std::string_view protocol_of(kube::Value port) {
  const kube::Value protocol = port.get("protocol");
  return protocol ? protocol.string().value_or("") : "TCP";
}

}  // namespace sts::lint::service
