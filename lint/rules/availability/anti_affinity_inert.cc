#include "lint/model/pods.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/availability/own_labels.h"
#include "lint/rules/shape/common.h"

#include <vector>

namespace sts::lint {
namespace {

using namespace availability;
using shape::title;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kAntiAffinityInert{333, "anti-affinity-inert", Severity::kWarning,
                                     "a podAntiAffinity that keeps no pods apart", check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object)) return;
  const Index& index = context.index;
  const PodTemplate pods = pod_template(object);
  const kube::Value anti = pods.spec.get("affinity", "podAntiAffinity");
  if (!anti || object.patched_at(pods.pointer + "/spec/affinity")) return;
  std::vector<kube::Value> terms;
  for (kube::Value term : anti.get("requiredDuringSchedulingIgnoredDuringExecution").items()) {
    terms.push_back(term);
  }
  for (kube::Value each : anti.get("preferredDuringSchedulingIgnoredDuringExecution").items()) {
    terms.push_back(each.get("podAffinityTerm"));
  }
  // With several terms one may keep away from somebody else on purpose.
  if (terms.size() != 1 || !terms.front().is_mapping()) return;
  const kube::Value term = terms.front();
  for (std::string_view field :
       {"namespaces", "namespaceSelector", "matchLabelKeys", "mismatchLabelKeys"}) {
    if (term.get(field).exists()) return;
  }
  const kube::Value selector = term.get("labelSelector");
  const OwnMatch own = match_own(object, selector, index);
  if (!own.missed) return;
  // It keeps away from pods that the project does have.
  if (selector &&
      !index.derived<PodTable>()
           .selected_by(object, selector, read_labels(selector.get("matchLabels")), index)
           .empty()) {
    return;
  }
  auto finding = findings.at(kAntiAffinityInert, Severity::kWarning, object,
                             own.place.exists() ? own.place : term,
                             "the only podAntiAffinity term of " + title(object) + " " +
                                 own.difference + ": it keeps no pods apart");
  const kube::Value labels = pods.metadata.get("labels");
  if (labels) finding.related_key(labels, "the labels of the pods");
  finding.fix("select the labels of the pods in labelSelector");
}

}  // namespace
}  // namespace sts::lint
