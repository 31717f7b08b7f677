#include "lint/change/set_change.h"

#include "lint/model/workload.h"

namespace sts::lint {

kube::Value value_at(const Object& object, std::string_view pointer) {
  kube::Value value = object.root;
  while (!pointer.empty() && value.exists()) {
    pointer.remove_prefix(1);
    const std::size_t end = pointer.find('/');
    value = value.get(pointer.substr(0, end));
    pointer.remove_prefix(end == std::string_view::npos ? pointer.size() : end);
  }
  return value;
}

bool field_known(const Change& change, std::string_view pointer) {
  return !change.before->patched_at(pointer) && !change.after->patched_at(pointer);
}

bool is_change_of(const Change& change, Kind kind) {
  return change.before != nullptr && change.before->kind == kind && change.after->kind == kind;
}

FieldView claim_template_view(std::string_view path) {
  using As = FieldView::As;
  if (path == "/kind" || path == "/apiVersion" || path == "/status" ||
      path == "/metadata/creationTimestamp") {
    return {As::kIgnored, std::nullopt};
  }
  if (path == "/spec/volumeMode") return {As::kValue, "Filesystem"};
  if (path.starts_with("/spec/resources/requests/") ||
      path.starts_with("/spec/resources/limits/")) {
    return {As::kQuantity, std::nullopt};
  }
  return {};
}

ClaimTemplates::ClaimTemplates(const Object& set) {
  const kube::Value list = set.root.get("spec", "volumeClaimTemplates");
  known = !set.patched_at("/spec/volumeClaimTemplates") && !list.is_placeholder();
  for (const kube::Value item : list.items()) {
    const auto name = item.get("metadata", "name").string();
    if (name) {
      all.emplace_back(*name, item);
    } else {
      known = false;
    }
  }
}

kube::Value ClaimTemplates::find(std::string_view name) const {
  for (const auto& [each, value] : all) {
    if (each == name) return value;
  }
  return {};
}

Ordinals::Ordinals(const Object& set, const Index& index) {
  const StatefulSetView view(set, index);
  if (!set.patched_at("/spec/replicas")) replicas = view.replicas;
  if (!view.start_unknown && !set.patched_at("/spec/ordinals")) start = view.start;
}

std::string claim_names(std::string_view claim_template, const Object& set, std::int64_t first,
                        std::int64_t last) {
  const std::string stem = std::string(claim_template) + "-" + std::string(set.name) + "-";
  const std::string low = stem + std::to_string(first);
  return first == last ? low : low + " to " + stem + std::to_string(last);
}

std::string namespace_flag(const Object& object) {
  return object.name_space.known() ? " -n " + object.name_space.name : "";
}

std::string replace_recipe(const Object& set) {
  return "kubectl delete statefulset " + std::string(set.name) + namespace_flag(set) +
         " --cascade=orphan, then apply: its pods keep running and are taken over";
}

}  // namespace sts::lint
