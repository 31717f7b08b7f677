#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/availability/budgets.h"

namespace sts::lint {
namespace {

using namespace availability;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kPdbMultiple{332, "pdb-multiple", Severity::kWarning,
                               "two PodDisruptionBudgets over the same pods", check};

namespace {

// The eviction subresource answers 500 "This pod has more than one PodDisruptionBudget, which the
// eviction subresource does not support" (pkg/registry/core/pod/storage/eviction.go, v1.34).
void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object)) return;
  const auto& budgets = context.index.derived<Budgets>().of(object);
  if (budgets.size() < 2) return;
  const Object& first = *budgets[0];
  const Object& second = *budgets[1];
  // The same object twice is duplicate-object's.
  if (first.name == second.name || !context.index.together(first, second)) return;
  findings
      .at(kPdbMultiple, Severity::kWarning, second, second.root.get("spec", "selector"),
          title(second) + " selects pods of " + title(object) + ", which " + title(first) +
              " selects already: the API server refuses to evict pods with two budgets")
      .related(first.root.get("spec", "selector"), title(first) + " selects them here")
      .related(object.metadata.get("name"), title(object) + " is defined here")
      .fix("keep one of the two");
}

}  // namespace
}  // namespace sts::lint
