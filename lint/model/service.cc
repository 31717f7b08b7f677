#include "lint/model/service.h"

namespace sts::lint {
namespace {

// Absent is `missing`; there, but not of the wanted type, is unknown.
std::optional<bool> flag(kube::Value value, bool missing) {
  if (!value) return missing;
  return value.boolean();
}

}  // namespace

ServiceView::ServiceView(const Object& service) : object(service), spec(service.root.get("spec")) {
  const kube::Value kind = spec.get("type");
  if (!object.patched_at("/spec/type")) {
    if (!kind) {
      type = "ClusterIP";
    } else {
      type = kind.string().value_or("");
    }
    if (!type.empty()) external_name = type == "ExternalName";
  }
  if (!object.patched_at("/spec/clusterIP") && !object.patched_at("/spec/clusterIPs")) {
    // clusterIPs must repeat clusterIP as its first entry (pkg/apis/core/validation, v1.34).
    const kube::Value ip =
        spec.get("clusterIP") ? spec.get("clusterIP")
        : spec.get("clusterIPs").is_sequence() && spec.get("clusterIPs").size() > 0
            ? *spec.get("clusterIPs").items().begin()
            : kube::Value();
    if (!ip) {
      headless = false;
    } else if (const auto text = ip.string()) {
      headless = *text == "None";
    }
  }
  if (!object.patched_at("/spec/publishNotReadyAddresses")) {
    publish_not_ready = flag(spec.get("publishNotReadyAddresses"), false);
  }
  const kube::Value selector = spec.get("selector");
  if (!object.patched_at("/spec/selector") && (!selector || selector.is_mapping())) {
    has_selector = selector.size() > 0;
  }
}

Reference governing_service(const StatefulSetView& set, const Index& index) {
  if (set.service_name.empty()) return {};
  return index.find(set.object, Kind::kService, set.service_name);
}

Governed::Governed(const Index& index) {
  for (const Object* object : index.of_kind(Kind::kStatefulSet)) {
    const Reference service = governing_service(StatefulSetView(*object), index);
    for (const Object* each : service.nearest) sets_[each].push_back(object);
  }
}

const std::vector<const Object*>& Governed::sets_of(const Object& service) const {
  static const std::vector<const Object*> kNone;
  const auto found = sets_.find(&service);
  return found == sets_.end() ? kNone : found->second;
}

}  // namespace sts::lint
