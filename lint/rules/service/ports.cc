#include "lint/rules/service/ports.h"

#include <algorithm>
#include <array>

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

// What sidecar injectors call the ports of their containers, and what turns them off: Istio's
// files/injection-template.yaml (1.20), Linkerd's charts/partials/templates/_proxy.tpl (2.14),
// Dapr's pkg/injector/patcher (1.12), which injects only where it is asked to.
struct Injected {
  std::string_view port;
  std::string_view pod_key;  // a label or an annotation
  std::string_view off;
  std::string_view namespace_key;
  std::string_view namespace_off;
  bool on_demand = false;
};
constexpr std::array<Injected, 7> kInjected{{
    {"http-envoy-prom", "sidecar.istio.io/inject", "false", "istio-injection", "disabled"},
    {"linkerd-proxy", "linkerd.io/inject", "disabled", "linkerd.io/inject", "disabled"},
    {"linkerd-admin", "linkerd.io/inject", "disabled", "linkerd.io/inject", "disabled"},
    {"dapr-http", "dapr.io/enabled", "false", "", "", true},
    {"dapr-grpc", "dapr.io/enabled", "false", "", "", true},
    {"dapr-internal", "dapr.io/enabled", "false", "", "", true},
    {"dapr-metrics", "dapr.io/enabled", "false", "", "", true},
}};

kube::Value label_or_annotation(kube::Value metadata, std::string_view key) {
  const kube::Value label = metadata.get("labels", key);
  return label ? label : metadata.get("annotations", key);
}

bool is_off_in_namespace(const Injected& injected, const Object& workload, const Index& index) {
  if (!workload.name_space.known()) return false;
  const auto namespaces = index.named(Kind::kNamespace, workload.name_space.name);
  return !namespaces.empty() &&
         std::all_of(namespaces.begin(), namespaces.end(), [&](const Object* each) {
           return label_or_annotation(each->metadata, injected.namespace_key).text() ==
                  injected.namespace_off;
         });
}

}  // namespace

bool may_be_injected(std::string_view port_name, const Object& workload, const Index& index) {
  const auto injected = std::find_if(kInjected.begin(), kInjected.end(),
                                     [&](const Injected& each) { return each.port == port_name; });
  if (injected == kInjected.end()) return false;
  const PodTemplate pods = pod_template(workload);
  const kube::Value asked = label_or_annotation(pods.metadata, injected->pod_key);
  if (asked) return asked.text() != injected->off;
  if (workload.patched_at(pods.pointer + "/metadata")) return true;
  return !injected->on_demand && !is_off_in_namespace(*injected, workload, index);
}

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
