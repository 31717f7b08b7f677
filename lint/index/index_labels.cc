#include "lint/index/kinds.h"
#include "lint/index/patch_values.h"
#include "lint/index/state.h"
#include "lint/model/workload.h"

#include <array>
#include <optional>
#include <span>

namespace sts::lint {
namespace {

void add(const Labels& more, Labels& labels) {
  for (const auto& [key, value] : more.known) labels.known.insert_or_assign(key, value);
  labels.open = labels.open || more.open;
}

// What holds in both builds: values that differ are unknown, and so is whether a key is there.
void keep_common(const Labels& other, Labels& labels) {
  labels.open = labels.open || other.open;
  for (auto it = labels.known.begin(); it != labels.known.end();) {
    const auto found = other.known.find(it->first);
    if (found == other.known.end()) {
      labels.open = true;
      it = labels.known.erase(it);
      continue;
    }
    if (it->second != found->second) it->second.reset();
    ++it;
  }
  labels.open = labels.open || other.known.size() > labels.known.size();
}

std::string selector_pointer(const Object& object) {
  const bool is_map = object.kind == Kind::kService || object.kind == Kind::kReplicationController;
  return is_map ? "/spec/selector" : "/spec/selector/matchLabels";
}

// The fields that kustomize's commonLabels create where they are missing
// (konfig/builtinpluginconsts commonlabels.go, `create: true`); elsewhere only a selector that is
// there grows.
bool creates_selector(Kind kind) {
  switch (kind) {
    case Kind::kService:
    case Kind::kReplicationController:
    case Kind::kDeployment:
    case Kind::kReplicaSet:
    case Kind::kDaemonSet:
    case Kind::kStatefulSet:
      return true;
    default:
      return false;
  }
}

}  // namespace

// In kustomize's order: each level's patches, then its labels (KustTarget.runTransformers; JSON
// patches of the older spelling come after the labels, and rarely touch the same key).
// NOLINTNEXTLINE(performance-unnecessary-value-param)
Labels Index::labels_in(const Object& object, std::string_view pointer, Labels written,
                        std::span<const LabelsOf> which, std::optional<Build> build) const {
  std::optional<Labels> all;
  for (const BuildStep* step : state_->builds.of(object)) {
    if (build && step->root != *build) continue;
    Labels one = written;
    for (const Kustomization* each : step->chain) {
      for (const PatchedBy& patch : object.patches) {
        if (patch.kustomization == each) patch_labels(patch, pointer, one);
      }
      for (const LabelsOf labels_of : which) add(each->*labels_of, one);
    }
    if (all) {
      keep_common(one, *all);
    } else {
      all = std::move(one);
    }
  }
  return all ? std::move(*all) : written;
}

namespace {

constexpr std::array kMetadataLabels{&Kustomization::metadata_labels,
                                     &Kustomization::selector_labels};
constexpr std::array kTemplateLabels{&Kustomization::selector_labels,
                                     &Kustomization::template_labels};
constexpr std::array kSelectorLabels{&Kustomization::selector_labels};

}  // namespace

Labels Index::labels(const Object& object) const {
  return labels_in(object, "/metadata/labels", kube::read_labels(object.metadata.get("labels")),
                   kMetadataLabels, std::nullopt);
}

Labels Index::template_labels(const Object& workload) const {
  return template_labels(workload, std::nullopt);
}

Labels Index::template_labels(const Object& workload, std::optional<Build> build) const {
  if (workload.kind == Kind::kPod) return labels(workload);
  const PodTemplate pods = pod_template(workload);
  return labels_in(workload, pods.pointer + "/metadata/labels",
                   kube::read_labels(pods.metadata.get("labels")), kTemplateLabels, build);
}

Labels Index::selector(const Object& object) const { return selector(object, std::nullopt); }

Labels Index::selector(const Object& object, std::optional<Build> build) const {
  const std::string pointer = selector_pointer(object);
  const kube::Value selector = object.root.get("spec", "selector");
  const kube::Value pairs = pointer == "/spec/selector" ? selector : selector.get("matchLabels");
  const bool grows = pairs || creates_selector(object.kind);
  return labels_in(object, pointer, kube::read_labels(pairs),
                   grows ? std::span<const LabelsOf>(kSelectorLabels) : std::span<const LabelsOf>(),
                   build);
}

Labels Index::added_selector_labels(const Object& object) const {
  return labels_in(object, "/-", {}, kSelectorLabels, std::nullopt);
}

}  // namespace sts::lint
