#include "kube/resources/metadata.h"

#include <algorithm>

namespace sts::kube {

const OwnerReference* Metadata::controller() const {
  const auto found = std::find_if(owners.begin(), owners.end(),
                                  [](const OwnerReference& owner) { return owner.controller; });
  return found == owners.end() ? nullptr : &*found;
}

const std::string& Metadata::label(std::string_view key) const {
  static const std::string kNone;
  const auto found = labels.find(key);
  return found == labels.end() ? kNone : found->second;
}

Metadata read_metadata(const Fields& root, KeepAnnotations annotations) {
  const Fields meta = root.object("metadata");
  Metadata out;
  out.name = meta.text("name");
  out.name_space = meta.text("namespace");
  out.uid = meta.text("uid");
  out.resource_version = meta.text("resourceVersion");
  out.generation = meta.integer("generation", 0);
  out.created = meta.time("creationTimestamp");
  out.deletion = meta.time("deletionTimestamp");
  out.deletion_grace_seconds = meta.integer("deletionGracePeriodSeconds");
  out.labels = meta.strings("labels");
  if (annotations == KeepAnnotations::kYes) out.annotations = meta.strings("annotations");
  out.finalizers = meta.list("finalizers");
  meta.each("ownerReferences", [&](const Fields& owner) {
    out.owners.push_back({owner.text("apiVersion"), owner.text("kind"), owner.text("name"),
                          owner.text("uid"), owner.boolean("controller").value_or(false)});
  });
  return out;
}

std::vector<Condition> read_conditions(const Fields& status) {
  std::vector<Condition> out;
  status.each("conditions", [&](const Fields& condition) {
    out.push_back({condition.text("type"), condition.text("status"), condition.text("reason"),
                   condition.text("message"), condition.time("lastTransitionTime")});
  });
  return out;
}

const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type) {
  const auto found =
      std::find_if(conditions.begin(), conditions.end(),
                   [&](const Condition& condition) { return condition.type == type; });
  return found == conditions.end() ? nullptr : &*found;
}

LabelSelector read_label_selector(const Fields& selector) {
  LabelSelector out;
  out.match_labels = selector.strings("matchLabels");
  selector.each("matchExpressions", [&](const Fields& expression) {
    out.expressions.push_back(
        {expression.text("key"), expression.text("operator"), expression.list("values")});
  });
  return out;
}

}  // namespace sts::kube
