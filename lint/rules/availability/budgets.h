#pragma once

#include "lint/index/index.h"

#include <unordered_map>
#include <vector>

namespace sts::lint::availability {

/// The workloads that a PodDisruptionBudget surely selects and that are applied beside it, or else
/// the nearest ones. Empty where one more may be selected: then nothing can be said of the sum.
std::vector<const Object*> selected_by_budget(const Object& budget, const Index& index);

/// The budgets that surely select the pods of each StatefulSet and DaemonSet (Index::derived).
class Budgets {
 public:
  explicit Budgets(const Index& index);
  const std::vector<const Object*>& of(const Object& set) const;

 private:
  std::unordered_map<const Object*, std::vector<const Object*>> by_set_;
};

}  // namespace sts::lint::availability
