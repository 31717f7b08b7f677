#include "rollout/status/queries.h"

#include "kube/semantics/pod_names.h"

#include <algorithm>

namespace sts::rollout {
namespace {

kube::ListOptions warnings() {
  kube::ListOptions options;
  options.field_selector = "type=Warning";
  // In one request: the server reads them from etcd each time, and nothing of them is kept.
  options.page_size = 0;
  return options;
}

}  // namespace

Queries queries_of(const kube::StatefulSet& set) {
  Queries queries;
  queries.pods.label_selector = to_query(set.selector);
  // The controller labels claims with matchLabels only (getPersistentVolumeClaims in
  // stateful_set_utils.go), revisions with the template's labels (newRevision).
  kube::LabelSelector labels;
  labels.match_labels = set.selector.match_labels;
  queries.claims.label_selector = to_query(labels);
  queries.revisions.label_selector = to_query(set.selector);
  queries.events = warnings();
  return queries;
}

Queries queries_of_all() {
  Queries queries;
  queries.events = warnings();
  return queries;
}

bool concerns(const kube::StatefulSet& set, const kube::Event& event) {
  if (event.kind == "StatefulSet") return event.name == set.meta.name;
  if (event.kind == "Pod") return kube::pod_ordinal(set.meta.name, event.name).has_value();
  return event.kind == "PersistentVolumeClaim" &&
         std::any_of(set.claim_templates.begin(), set.claim_templates.end(),
                     [&](const kube::ClaimTemplate& claim) {
                       return kube::pod_ordinal(claim.name + "-" + set.meta.name, event.name);
                     });
}

}  // namespace sts::rollout
