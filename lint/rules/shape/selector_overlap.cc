#include "lint/index/index.h"
#include "lint/index/nearby.h"
#include "lint/model/labels.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::lint {

extern const Rule kSelectorOverlap;

namespace {

using kube::Value;

// Of many sets with the same labels each is compared with those around it, and a few findings are
// enough to tell what is wrong with it.
constexpr std::ptrdiff_t kWindow = 32;
constexpr int kMaxFindings = 3;

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

/// At the set, or at the later one of two sets, wherever the selector is.
void report_pair(const Object& owner, const Object& victim, const RuleContext& context,
                 Findings& findings) {
  const bool later = is_set(owner) && (!is_set(victim) || owner.ordinal > victim.ordinal);
  const Object& object = later ? owner : victim;
  const Object& other = later ? victim : owner;
  const Value selector = object.root.get("spec", "selector");
  findings
      .at_key(kSelectorOverlap, Severity::kWarning, object,
              selector ? selector : object.metadata.get("name"),
              "the selector" + described(context.index.selector(owner)) + " of " + title(owner) +
                  " also matches the pods of " + title(victim) +
                  ": owner references keep the controllers apart, but Services and budgets that "
                  "select these labels take in both")
      .fix("a label in selector and pod template that only one of them has")
      .related(other.metadata.get("name"), title(other) + " is here");
}

/// Workloads by meeting place and one label of their pods, so that a project of many thousand sets
/// is not compared pair by pair.
struct PodsByLabel {
  explicit PodsByLabel(const Index& index) {
    for (const Object& object : index.objects()) {
      if (!compared(object) || object.from_cluster || object.name.empty()) continue;
      for (const auto& [key, value] : index.template_labels(object).known) {
        if (value) workloads[{shape::meeting_place(object), key + "=" + *value}].push_back(&object);
      }
    }
  }

  /// Those that may have all labels of the selector: the shortest list of any one label.
  const std::vector<const Object*>& candidates(const Object& owner, const Labels& selector) const {
    static const std::vector<const Object*> kNone;
    const std::vector<const Object*>* shortest = nullptr;
    for (const auto& [key, value] : selector.known) {
      if (!value) continue;
      const auto at = workloads.find({shape::meeting_place(owner), key + "=" + *value});
      if (at == workloads.end()) return kNone;
      if (shortest == nullptr || at->second.size() < shortest->size()) shortest = &at->second;
    }
    return shortest == nullptr ? kNone : *shortest;
  }

  std::map<std::pair<std::string_view, std::string>, std::vector<const Object*>> workloads;
};

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!compared(object) || object.from_cluster || object.name.empty()) return;
  const Index& index = context.index;
  const Labels selector = index.selector(object);
  int found = 0;
  for (const Object* other :
       nearby(index.derived<PodsByLabel>().candidates(object, selector), object, kWindow)) {
    if (other == &object) continue;
    // Between Deployments and ReplicaSets it is not ours.
    if (!is_set(object) && !is_set(*other)) continue;
    if (object.kind == other->kind && object.name == other->name) continue;  // duplicate-object
    if (index.same_namespace(object, *other) != SameNamespace::kYes) continue;
    if (!index.together(object, *other) || !matches_pods_of(index, object, *other)) continue;
    // Where each matches the other's pods, once is enough.
    if (other->ordinal > object.ordinal && matches_pods_of(index, *other, object)) continue;
    report_pair(object, *other, context, findings);
    if (++found == kMaxFindings) return;
  }
}

}  // namespace

extern const Rule kSelectorOverlap{307, "selector-overlap", Severity::kWarning,
                                   "two controllers whose selectors match the same pods", check};

}  // namespace sts::lint
