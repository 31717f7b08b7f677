#include "kube/semantics/int_or_percent.h"
#include "lint/model/scale.h"
#include "lint/model/text.h"
#include "lint/rule.h"
#include "lint/rules/availability/budgets.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace availability;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kPdbBlocksEvictions{331, "pdb-blocks-evictions", Severity::kWarning,
                                      "a PodDisruptionBudget that never allows an eviction", check};

namespace {

// How many pods may be away (getExpectedPodCount, pkg/controller/disruption/disruption.go, v1.34:
// both shares are rounded up).
std::int64_t allowed(const kube::IntOrPercent& value, bool is_minimum, std::int64_t expected) {
  const std::int64_t count = kube::scaled(value, expected, kube::Rounding::kUp);
  return is_minimum ? expected - count : count;
}

struct Pods {
  std::int64_t least = 0;
  std::optional<std::int64_t> most = 0;
  const Object* autoscaler = nullptr;
};

// Nothing where some count is unknown, or something else than StatefulSets is selected.
std::optional<Pods> count_pods(const std::vector<const Object*>& workloads, const Index& index) {
  Pods pods;
  for (const Object* workload : workloads) {
    if (workload->kind != Kind::kStatefulSet) return std::nullopt;
    const Scale scale = scale_of(StatefulSetView(*workload), index);
    if (!scale.least) return std::nullopt;
    pods.least += *scale.least;
    pods.most = pods.most && scale.most ? std::optional(*pods.most + *scale.most) : std::nullopt;
    if (scale.autoscaler != nullptr) pods.autoscaler = scale.autoscaler;
  }
  return pods;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kPodDisruptionBudget || object.patched_at("/spec")) return;
  const kube::Value spec = object.root.get("spec");
  const kube::Value minimum = spec.get("minAvailable");
  const kube::Value maximum = spec.get("maxUnavailable");
  if (static_cast<bool>(minimum) == static_cast<bool>(maximum)) return;
  const kube::Value field = minimum ? minimum : maximum;
  const auto value = kube::read_int_or_percent(field);
  if (!value) return;

  const auto sets = selected_by_budget(object, context.index);
  if (sets.empty()) return;
  const auto pods = count_pods(sets, context.index);
  if (!pods) return;
  const bool is_minimum = static_cast<bool>(minimum);
  // A budget over a single pod is how people keep drains away from it on purpose; where an
  // autoscaler may go down to one, only what blocks at every size is surely not meant so.
  std::int64_t expected = pods->least;
  if (expected < 2) {
    if (pods->autoscaler == nullptr || !pods->most || *pods->most < 2) return;
    expected = *pods->most;
  }
  if (allowed(*value, is_minimum, expected) > 0) return;

  const Object& set = *sets.front();
  const std::string whose =
      std::to_string(expected) + " pods of " + title(set) + (sets.size() > 1 ? " and others" : "");
  const std::int64_t demanded = kube::scaled(*value, expected, kube::Rounding::kUp);
  auto finding = findings.at(
      kPdbBlocksEvictions, Severity::kWarning, object, field,
      title(object) +
          (is_minimum ? " demands " + std::to_string(demanded) + " available of the " + whose
                      : " allows none of the " + whose + " to be away") +
          ": no eviction is ever allowed, and a drain never ends");
  const kube::Value replicas = set.root.get("spec", "replicas");
  if (pods->autoscaler != nullptr) {
    finding.related(pods->autoscaler->metadata.get("name"), "it scales the set");
  } else if (replicas) {
    finding.related(replicas, "the replicas of the set");
  } else {
    finding.related(set.metadata.get("name"), "the set");
  }
  finding.fix(is_minimum ? "maxUnavailable: 1 instead of minAvailable" : "maxUnavailable: 1");
}

}  // namespace
}  // namespace sts::lint
