#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sts::lint {

extern const Rule kDuplicateName;

namespace {

using kube::Value;

/// Remembers what was named; reports what is named again.
class Names {
 public:
  Names(const Object& object, Findings& findings, std::string what,
        std::string fix = "a name of its own for each, or one of them removed")
      : object_(object), findings_(findings), what_(std::move(what)), fix_(std::move(fix)) {}

  void add(Value value) { add(value, std::string(value.text())); }
  void add(Value value, const std::string& name) {
    if (!value || !value.is_scalar() || name.empty() || value.is_placeholder()) return;
    const auto [first, fresh] = seen_.emplace(name, value);
    if (fresh || !shape::sent_as_written(object_, value)) return;
    findings_
        .at(kDuplicateName, Severity::kError, object_, value,
            title(object_) + " has two " + what_ + " " + quoted(name) +
                ", so the API server rejects it")
        .fix(fix_)
        .related(first->second, "the first one");
  }

 private:
  const Object& object_;
  Findings& findings_;
  std::string what_;
  std::string fix_;
  std::map<std::string, Value> seen_;
};

void check_pods(const Object& object, Findings& findings) {
  const PodTemplate pods = pod_template(object);
  Names containers(object, findings, "containers named");
  // Init containers share the names of the others (ValidatePodSpec, validateInitContainers).
  for (const Container& container : pods.containers()) {
    containers.add(container.value.get("name"));
    const std::string where = " in container " + quoted(container.name);
    Names ports(object, findings, "ports" + where + " named");
    for (Value port : container.value.get("ports").items()) ports.add(port.get("name"));
    Names paths(object, findings, "mounts" + where + " at", "a path of its own for each mount");
    for (Value mount : container.value.get("volumeMounts").items()) {
      paths.add(mount.get("mountPath"));
    }
    for (Value device : container.value.get("volumeDevices").items()) {
      paths.add(device.get("devicePath"));
    }
  }
  Names volumes(object, findings, "volumes named");
  for (Value volume : pods.spec.get("volumes").items()) volumes.add(volume.get("name"));
}

void check_service(const Object& object, Findings& findings) {
  const Value ports = object.root.get("spec", "ports");
  Names names(object, findings, "ports named");
  Names numbers(object, findings, "ports with number and protocol",
                "another port number or protocol, or one of them removed");
  for (Value port : ports.items()) {
    if (!port.is_mapping()) continue;
    names.add(port.get("name"));
    const Value number = port.get("port");
    const Value protocol = port.get("protocol");
    if (protocol.is_placeholder()) continue;
    const std::string transport = protocol ? std::string(protocol.text()) : "TCP";
    numbers.add(number, std::string(number.text()) + "/" + transport);
    const Value name = port.get("name");
    // validateServicePort: with more than one port every one needs a name.
    if (ports.size() < 2 || (name && !name.text().empty())) continue;
    if (!shape::sent_as_written(object, port)) continue;
    findings
        .at(kDuplicateName, Severity::kError, object, number ? number : port,
            title(object) + " has " + std::to_string(ports.size()) +
                " ports, but this one has no name, so the API server rejects it")
        .fix("give every port a name");
  }
}

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (object.from_cluster) return;
  if (is_set(object)) check_pods(object, findings);
  if (object.kind == Kind::kService) check_service(object, findings);
}

}  // namespace

extern const Rule kDuplicateName{314, "duplicate-name", Severity::kError,
                                 "two parts of one object with the same name", check};

}  // namespace sts::lint
