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

extern const Rule kTargetPortNumberUndeclared{113, "target-port-number-undeclared", Severity::kInfo,
                                              "a targetPort that no container declares", check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kService) return;
  const Index& index = context.index;
  const ServiceView view(object);
  if (view.external_name != false || object.patched_at("/spec/ports")) return;
  const kube::Value ports = view.spec.get("ports");
  if (ports.size() == 0) return;

  const auto sure = surely_selected(object, index);
  if (sure.empty()) return;
  std::vector<ContainerPort> declared;
  for (const Object* workload : index.derived<ServicePods>().of(object)) {
    const PodPorts pods = ports_of(*workload);
    if (pods.open) return;
    // Declaring ports is a habit, not a duty: where none is declared none is missing.
    if (pods.ports.empty()) return;
    declared.insert(declared.end(), pods.ports.begin(), pods.ports.end());
  }
  for (kube::Value port : ports.items()) {
    const kube::Value target = port.get("targetPort") ? port.get("targetPort") : port.get("port");
    const auto number = target.integer();
    const std::string_view protocol = protocol_of(port);
    if (!number || protocol.empty()) continue;
    if (std::any_of(declared.begin(), declared.end(), [&](const ContainerPort& each) {
          return each.number == number && each.protocol == protocol;
        })) {
      continue;
    }
    findings
        .at(kTargetPortNumberUndeclared, Severity::kInfo, object, target,
            title(object) + " sends " + std::string(protocol) + " to port " +
                std::to_string(*number) + ", which no container of " + title(*sure.front()) +
                " declares")
        .related(declared.front().value, "a port that is declared")
        .fix(declared.size() == 1 && declared.front().number
                 ? "targetPort: " + std::to_string(*declared.front().number)
                 : "containerPort: " + std::to_string(*number));
  }
}

}  // namespace
}  // namespace sts::lint
