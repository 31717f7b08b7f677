#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/availability/own_labels.h"

#include <vector>

namespace sts::lint {
namespace {

using namespace availability;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kAntiAffinityInert{333, "anti-affinity-inert", Severity::kWarning,
                                     "a podAntiAffinity that keeps no pods apart", check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const Index& index = context.index;
  const kube::Value anti =
      pods_as_written(object, "affinity").spec.get("affinity", "podAntiAffinity");
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
  report_missed(findings, kAntiAffinityInert, object, own, term, "the only podAntiAffinity term",
                "it keeps no pods apart");
}

}  // namespace
}  // namespace sts::lint
