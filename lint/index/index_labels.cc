#include "lint/index/kinds.h"
#include "lint/index/state.h"
#include "lint/model/workload.h"

#include <algorithm>

namespace sts::lint {
namespace {

using LabelsOf = const Labels Kustomization::*;

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

std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      text += token[++i] == '1' ? '/' : '~';
    } else {
      text += token[i];
    }
  }
  return text;
}

// What patches write at or below the mapping is unknown.
void forget_patched(const Object& object, std::string_view pointer, Labels& labels) {
  for (const PatchedBy& patch : object.patches) {
    for (const std::string& written : patch.pointers) {
      if (written.size() > pointer.size() && written.compare(0, pointer.size(), pointer) == 0 &&
          written[pointer.size()] == '/') {
        labels.known[unescaped(std::string_view(written).substr(pointer.size() + 1))].reset();
      } else if (pointer.substr(0, written.size()) == written &&
                 (written.size() == pointer.size() || pointer[written.size()] == '/')) {
        for (auto& [key, value] : labels.known) value.reset();
        labels.open = true;
      }
    }
  }
}

void add_chain(const BuildStep& step, std::initializer_list<LabelsOf> which, Labels& labels) {
  for (const Kustomization* each : step.chain) {
    for (const LabelsOf labels_of : which) add(each->*labels_of, labels);
  }
}

Labels built(const Builds& builds, const Object& object, const Labels& written,
             std::initializer_list<LabelsOf> which) {
  const auto steps = builds.of(object);
  if (steps.empty()) return written;
  Labels all = written;
  add_chain(*steps.front(), which, all);
  for (const BuildStep* step : steps.subspan(1)) {
    Labels one = written;
    add_chain(*step, which, one);
    keep_common(one, all);
  }
  return all;
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

Labels Index::labels(const Object& object) const {
  Labels written = read_labels(object.metadata.get("labels"));
  forget_patched(object, "/metadata/labels", written);
  return built(state_->builds, object, written,
               {&Kustomization::metadata_labels, &Kustomization::selector_labels});
}

Labels Index::template_labels(const Object& workload) const {
  if (workload.kind == Kind::kPod) return labels(workload);
  const PodTemplate pods = pod_template(workload);
  Labels written = read_labels(pods.metadata.get("labels"));
  forget_patched(workload, pods.pointer + "/metadata/labels", written);
  return built(state_->builds, workload, written,
               {&Kustomization::selector_labels, &Kustomization::template_labels});
}

Labels Index::selector(const Object& object) const {
  const std::string pointer = selector_pointer(object);
  const kube::Value selector = object.root.get("spec", "selector");
  const kube::Value pairs = pointer == "/spec/selector" ? selector : selector.get("matchLabels");
  Labels written = read_labels(pairs);
  forget_patched(object, pointer, written);
  if (!pairs && !creates_selector(object.kind)) return written;
  return built(state_->builds, object, written, {&Kustomization::selector_labels});
}

Labels Index::added_selector_labels(const Object& object) const {
  return built(state_->builds, object, {}, {&Kustomization::selector_labels});
}

}  // namespace sts::lint
