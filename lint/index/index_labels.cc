#include "lint/index/kinds.h"
#include "lint/index/state.h"
#include "lint/model/workload.h"

namespace sts::lint {

Labels Index::labels(const Object& object) const {
  return read_labels(object.metadata.get("labels"));
}

Labels Index::template_labels(const Object& workload) const {
  return read_labels(pod_template(workload).metadata.get("labels"));
}

Labels Index::selector(const Object& object) const {
  const kube::Value selector = object.root.get("spec", "selector");
  const bool is_map = object.kind == Kind::kService || object.kind == Kind::kReplicationController;
  return read_labels(is_map ? selector : selector.get("matchLabels"));
}

}  // namespace sts::lint
