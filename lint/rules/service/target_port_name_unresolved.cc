#include "kube/semantics/names.h"
#include "lint/model/near_miss.h"
#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"
#include "lint/rules/service/ports.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kTargetPortNameUnresolved{112, "target-port-name-unresolved", Severity::kError,
                                            "a targetPort that names no port of the pods", check};

namespace {

struct Selected {
  const Object* workload = nullptr;
  PodPorts pods;
};

const ContainerPort* find_named(const std::vector<Selected>& all, std::string_view name,
                                std::string_view protocol) {
  for (const Selected& each : all) {
    for (const ContainerPort& port : each.pods.ports) {
      if (port.name == name && (protocol.empty() || port.protocol == protocol)) return &port;
    }
  }
  return nullptr;
}

void check_port(const Object& service, kube::Value port, const std::vector<Selected>& selected,
                const Object& first, const Index& index, Findings& findings) {
  const kube::Value target = port.get("targetPort");
  const auto name = target.string();
  if (!name || name->empty()) return;
  if (std::all_of(name->begin(), name->end(), [](char c) { return c >= '0' && c <= '9'; })) {
    findings
        .at(kTargetPortNameUnresolved, Severity::kError, service, target,
            "targetPort " + quoted(*name) + " of " + title(service) +
                " is a string, which the API server takes for a port's name and rejects: " +
                kube::port_name_problem(*name))
        .fix("targetPort: " + std::string(*name));
    return;
  }
  const std::string_view protocol = protocol_of(port);
  if (selected.empty() || protocol.empty() || find_named(selected, *name, protocol)) return;

  const ContainerPort* other_protocol = find_named(selected, *name, "");
  if (std::any_of(selected.begin(), selected.end(), [&](const Selected& each) {
        return may_be_injected(*name, *each.workload, index);
      })) {
    return;
  }
  auto finding = findings.at(
      kTargetPortNameUnresolved, Severity::kWarning, service, target,
      title(service) + " sends " + std::string(protocol) + " to the port named " + quoted(*name) +
          ", but " +
          (other_protocol ? title(first) + " has it for " + std::string(other_protocol->protocol)
                          : "no container of " + title(first) + " has a port of that name"));
  if (other_protocol != nullptr) {
    finding.related(other_protocol->value.get("name"), "the port of the pods");
    finding.fix("protocol: " + std::string(other_protocol->protocol));
    return;
  }
  std::vector<std::string_view> names;
  std::vector<const ContainerPort*> ports;
  for (const Selected& each : selected) {
    for (const ContainerPort& candidate : each.pods.ports) {
      if (candidate.name.empty() || candidate.protocol != protocol) continue;
      names.push_back(candidate.name);
      ports.push_back(&candidate);
    }
  }
  const auto near = nearest(*name, names);
  const std::size_t best = near.value_or(0);
  if (near || names.size() == 1) {
    finding.related(ports[best]->value.get("name"),
                    "the pods have a port named " + quoted(names[best]));
    finding.fix("targetPort: " + std::string(names[best]));
  } else {
    finding.related_key(pod_template(first).spec.get("containers"), "the containers of the pods");
    finding.fix("name: " + std::string(*name) + " on the containerPort that is meant");
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kService) return;
  const ServiceView view(object);
  if (view.external_name != false || object.patched_at("/spec/ports")) return;
  std::vector<Selected> selected;
  const Object* first = nullptr;
  bool looked = false;
  for (kube::Value port : view.spec.get("ports").items()) {
    if (!port.get("targetPort").string()) continue;
    if (!looked) {
      looked = true;
      const auto sure = surely_selected(object, context.index);
      if (!sure.empty()) first = sure.front();
      // One that has the port is enough, be it sure or not.
      bool open = false;
      for (const Object* workload : context.index.derived<ServicePods>().of(object)) {
        selected.push_back({workload, ports_of(*workload)});
        open = open || selected.back().pods.open;
      }
      if (open || first == nullptr) selected.clear();
    }
    check_port(object, port, selected, first == nullptr ? object : *first, context.index, findings);
  }
}

}  // namespace
}  // namespace sts::lint
