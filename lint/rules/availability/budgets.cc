#include "lint/rules/availability/budgets.h"

#include "lint/model/pods.h"
#include "lint/model/workload.h"

#include <algorithm>

namespace sts::lint::availability {
namespace {

Match selects_pods_of(const Object& budget, const Object& workload, const Index& index) {
  const kube::Value selector = budget.root.get("spec", "selector");
  // policy/v1beta1: an empty selector selects nothing (policy/v1: everything).
  if (!selector || (selector.size() == 0 && budget.api_version == "policy/v1beta1")) {
    return Match::kNo;
  }
  return selects(selector, index.selector(budget), index.derived<PodTable>().labels(workload));
}

std::vector<const Object*> candidates(const Object& budget, const Index& index) {
  if (budget.patched_at("/spec/selector")) return {};
  auto all = index.derived<PodTable>().selected_by(budget, budget.root.get("spec", "selector"),
                                                   index.selector(budget), index);
  std::erase_if(all, [&](const Object* workload) {
    return selects_pods_of(budget, *workload, index) == Match::kNo;
  });
  return all;
}

}  // namespace

std::vector<const Object*> selected_by_budget(const Object& budget, const Index& index) {
  const std::vector<const Object*> all = candidates(budget, index);
  if (all.empty()) return all;
  std::vector<const Object*> beside;
  for (const Object* workload : all) {
    if (index.together(budget, *workload)) beside.push_back(workload);
  }
  if (beside.empty()) {
    auto nearest = Index::distance(budget, *all.front());
    for (const Object* each : all) nearest = std::min(nearest, Index::distance(budget, *each));
    if (nearest.first + nearest.second > 2) return {};
    for (const Object* workload : all) {
      if (Index::distance(budget, *workload) == nearest) beside.push_back(workload);
    }
  }
  const bool sure = std::all_of(beside.begin(), beside.end(), [&](const Object* workload) {
    return selects_pods_of(budget, *workload, index) == Match::kYes;
  });
  return sure ? beside : std::vector<const Object*>();
}

Budgets::Budgets(const Index& index) {
  for (const Object* budget : index.of_kind(Kind::kPodDisruptionBudget)) {
    for (const Object* workload : candidates(*budget, index)) {
      if (is_set(*workload) && index.together(*budget, *workload) &&
          selects_pods_of(*budget, *workload, index) == Match::kYes) {
        by_set_[workload].push_back(budget);
      }
    }
  }
}

const std::vector<const Object*>& Budgets::of(const Object& set) const {
  static const std::vector<const Object*> kNone;
  const auto found = by_set_.find(&set);
  return found == by_set_.end() ? kNone : found->second;
}

}  // namespace sts::lint::availability
