#include "lint/index/index.h"
#include "lint/model/labels.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kSelectorOverlap;

namespace {

using kube::Value;

bool compared(const Object& object) {
  return is_set(object) || object.kind == Kind::kDeployment || object.kind == Kind::kReplicaSet;
}

bool matches_pods_of(const Index& index, const Object& owner, const Object& other) {
  const Value selector = owner.root.get("spec", "selector");
  const Labels extra = index.selector(owner);
  // An empty selector selects everything, but no server takes it (selector-empty).
  if (!selector.is_mapping() || (extra.empty() && selector.size() == 0)) return false;
  if (!pod_template(other)) return false;
  return selects(selector, extra, index.template_labels(other)) == Match::kYes;
}

std::string described(const Labels& selector) {
  std::string out;
  for (const auto& [key, value] : selector.known) {
    out += (out.empty() ? "" : ",") + key + "=" + value.value_or("?");
  }
  return out.empty() ? "" : " (" + out + ")";
}

void report_pair(const Object& object, const Object& other, const RuleContext& context,
                 Findings& findings) {
  const bool ours = matches_pods_of(context.index, object, other);
  const bool theirs = matches_pods_of(context.index, other, object);
  if (!ours && !theirs) return;
  const Object& owner = ours ? object : other;
  const Object& victim = ours ? other : object;
  const Value selector = object.root.get("spec", "selector");
  findings
      .at_key(kSelectorOverlap, Severity::kWarning, object,
              selector ? selector : object.metadata.get("name"),
              "the selector" + described(context.index.selector(owner)) + " of " +
                  shape::title(owner) + " also matches the pods of " + shape::title(victim) +
                  ": owner references keep the controllers apart, but Services and budgets that "
                  "select these labels take in both")
      .fix("a label in selector and pod template that only one of them has")
      .related_key(other.metadata.get("name"), shape::title(other) + " is here");
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!compared(object) || object.from_cluster) return;
  for (const Object& other : context.index.objects()) {
    // Every pair once, at the later one; between Deployments and ReplicaSets it is not ours.
    if (other.ordinal >= object.ordinal || !compared(other) || other.from_cluster) continue;
    if (!is_set(object) && !is_set(other)) continue;
    if (object.name.empty() || other.name.empty()) continue;
    if (object.kind == other.kind && object.name == other.name) continue;  // duplicate-object
    if (context.index.same_namespace(object, other) != SameNamespace::kYes) continue;
    if (!context.index.together(object, other)) continue;
    report_pair(object, other, context, findings);
  }
}

}  // namespace

extern const Rule kSelectorOverlap{307, "selector-overlap", Severity::kWarning,
                                   "two controllers whose selectors match the same pods", check};

}  // namespace sts::lint
