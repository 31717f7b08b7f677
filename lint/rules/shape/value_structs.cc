#include "kube/semantics/quantity.h"
#include "lint/rules/shape/value_checks.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace sts::lint::shape {

namespace {

using kube::Value;

struct Required {
  std::string_view type;
  std::string_view field;
};

// What core validation calls "Required value", where no default fills it in.
constexpr std::array kRequired = {
    Required{"Container", "name"},
    Required{"Container", "image"},
    Required{"ContainerPort", "containerPort"},
    Required{"EnvVar", "name"},
    Required{"ExecAction", "command"},
    Required{"HTTPGetAction", "port"},
    Required{"TCPSocketAction", "port"},
    Required{"VolumeMount", "mountPath"},
    Required{"VolumeMount", "name"},
    Required{"PodSpec", "containers"},
    Required{"SecretVolumeSource", "secretName"},
    Required{"ConfigMapVolumeSource", "name"},
    Required{"ResourceFieldSelector", "resource"},
    Required{"Volume", "name"},
    Required{"HostPathVolumeSource", "path"},
    Required{"PersistentVolumeClaimVolumeSource", "claimName"},
    Required{"KeyToPath", "key"},
    Required{"KeyToPath", "path"},
    Required{"ObjectFieldSelector", "fieldPath"},
    Required{"SecretKeySelector", "key"},
    Required{"ConfigMapKeySelector", "key"},
    Required{"LabelSelectorRequirement", "key"},
    Required{"LabelSelectorRequirement", "operator"},
    Required{"NodeSelectorRequirement", "key"},
    Required{"NodeSelectorRequirement", "operator"},
    Required{"PodAffinityTerm", "topologyKey"},
    Required{"TopologySpreadConstraint", "maxSkew"},
    Required{"TopologySpreadConstraint", "topologyKey"},
    Required{"TopologySpreadConstraint", "whenUnsatisfiable"},
};

/// Two fields of which one excludes the other.
void exclude(Value mapping, std::string_view one, std::string_view other,
             const Complain& complain) {
  const Value a = mapping.get(one);
  const Value b = mapping.get(other);
  if (!a || !b || (a.is_scalar() && a.text().empty())) return;
  complain(b, "may not stand beside " + std::string(one), "keep one of the two");
}

/// Handlers of a probe, sources of a volume: how many of them are given.
std::vector<Value> given(Value mapping, const std::vector<std::string_view>& keys) {
  std::vector<Value> out;
  for (const std::string_view key : keys) {
    if (const Value value = mapping.get(key)) out.push_back(value);
  }
  return out;
}

std::string key_of(Value value) {
  const std::string pointer = value.pointer();
  return pointer.substr(pointer.rfind('/') + 1);
}

void only_one(const std::vector<Value>& values, const std::string& what, const Complain& complain) {
  if (values.size() < 2) return;
  complain(values[1], "is a second " + what + " beside " + key_of(values[0]),
           "keep one of the two");
}

void check_requests(Value resources, const Complain& complain) {
  const Value limits = resources.get("limits");
  for (const kube::Entry& entry : resources.get("requests").entries()) {
    const Value limit = limits.get(entry.key.text());
    if (!limit || !limit.is_scalar() || !entry.value || limit.is_placeholder() ||
        entry.value.is_placeholder()) {
      continue;
    }
    const auto asked = kube::parse_quantity(entry.value.text());
    const auto most = kube::parse_quantity(limit.text());
    if (!asked || !most || *asked <= *most) continue;
    complain(entry.value, "must be less than or equal to the limit of " + std::string(limit.text()),
             "");
  }
}

/// The field stands there under a wrong name, which unknown-field says, or some tool may bring it.
bool misspelt(kube::TypeId type, Value mapping, std::string_view field) {
  for (const kube::Entry& entry : mapping.entries()) {
    if (entry.key.is_placeholder()) return true;
    if (kube::find_field(type, entry.key.text()) == nullptr &&
        kube::nearest_field(type, entry.key.text()) == field) {
      return true;
    }
  }
  return false;
}

void check_required(kube::TypeId type, Value mapping, const Complain& complain) {
  for (const Required& required : kRequired) {
    if (required.type != kube::type_name(type)) continue;
    const Value value = mapping.get(required.field);
    const bool empty = value.is_scalar() ? value.text().empty() && !value.is_placeholder()
                                         : value.is_sequence() && value.size() == 0;
    if (value && !empty) continue;
    if (misspelt(type, mapping, required.field)) continue;
    const std::string field(required.field);
    complain(mapping, "has no " + field, "add " + field);
  }
}

}  // namespace

void check_struct(kube::TypeId type_id, Value mapping, const Complain& complain) {
  check_required(type_id, mapping, complain);
  const std::string_view type = kube::type_name(type_id);
  if (type == "Probe" || type == "LifecycleHandler") {
    const auto handlers = given(mapping, {"exec", "httpGet", "tcpSocket", "grpc", "sleep"});
    only_one(handlers, "handler", complain);
    // A mapping of another name may be a misspelt handler, which is unknown-field's.
    const auto entries = mapping.entries();
    const bool strange = std::any_of(entries.begin(), entries.end(), [](const kube::Entry& entry) {
      return entry.value.is_mapping() || entry.key.is_placeholder();
    });
    if (!strange) complain(mapping, "has no handler", "exec, httpGet, tcpSocket or grpc");
  } else if (type == "Volume") {
    std::vector<Value> sources;
    for (const kube::Entry& entry : mapping.entries()) {
      if (entry.key.text() != "name" && entry.value.is_mapping()) sources.push_back(entry.value);
    }
    only_one(sources, "kind of volume", complain);
  } else if (type == "EnvVar") {
    exclude(mapping, "value", "valueFrom", complain);
  } else if (type == "VolumeMount") {
    exclude(mapping, "subPath", "subPathExpr", complain);
  } else if (type == "Toleration") {
    const Value value = mapping.get("value");
    if (mapping.get("operator").string() == "Exists" && value && !value.text().empty()) {
      complain(value, "must be empty with operator Exists", "leave value out, or operator: Equal");
    }
    // ValidateTolerations: a duration means nothing with another effect.
    const Value seconds = mapping.get("tolerationSeconds");
    const Value effect = mapping.get("effect");
    if (seconds && !effect.is_placeholder() && effect.string() != "NoExecute") {
      complain(seconds, "is only allowed with effect NoExecute", "effect: NoExecute");
    }
  } else if (type == "ResourceRequirements" || type == "VolumeResourceRequirements") {
    check_requests(mapping, complain);
  }
}

}  // namespace sts::lint::shape
