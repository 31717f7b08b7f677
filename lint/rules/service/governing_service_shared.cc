#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kGoverningServiceShared{
    116, "governing-service-shared", Severity::kWarning,
    "a governing Service that selects other workloads' pods too", check};

namespace {

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// "ingester-zone-a" and "ingester-zone-b", "store-0" and "store-1", "db-a" and "db-b": one service
// spread over several sets, which share a Service on purpose.
std::string family_of(std::string_view name) {
  const std::size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || dash == 0) return std::string(name);
  const std::string_view last = name.substr(dash + 1);
  const bool number =
      std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool zone = last.substr(0, 2) == "az" || last.substr(0, 4) == "zone" ||
                    last.substr(0, 4) == "rack" || last.substr(0, 5) == "shard";
  std::string_view stem = name;
  if (number || zone || last.size() == 1) stem = name.substr(0, dash);
  for (std::string_view word : {"-zone", "-az", "-rack", "-shard", "-group", "-region"}) {
    const std::size_t at = stem.rfind(word);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view rest = name.substr(at + word.size());
    if (rest.empty() || rest.front() == '-' || is_alnum(rest.front())) stem = stem.substr(0, at);
  }
  return std::string(stem);
}

bool is_foreign(const Object& other, const Object& set, const Index& index) {
  if (&other == &set || !index.together(set, other)) return false;
  // A Job's pods come and go.
  if (other.kind == Kind::kJob || other.kind == Kind::kCronJob) return false;
  if (other.kind != Kind::kStatefulSet) return true;
  const StatefulSetView view(other);
  return !view.service_name_unknown && view.service_name != StatefulSetView(set).service_name &&
         family_of(other.name) != family_of(set.name) && view.replicas != 0;
}

// A label that the set's pods have and the other's surely do not.
std::string telling_label(const Object& set, const Object& other, const Index& index) {
  const Labels own = index.template_labels(set);
  const Labels theirs = pod_labels(other, index);
  for (const auto& [key, value] : own.known) {
    if (!value || theirs.open) continue;
    const auto found = theirs.known.find(key);
    if (found == theirs.known.end() || (found->second && *found->second != *value)) {
      return pair(key, *value);
    }
  }
  return {};
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kService) return;
  const Index& index = context.index;
  const ServiceView view(object);
  if (view.headless != true || view.has_selector != true) return;
  const auto& sets = index.derived<Governed>().sets_of(object);
  if (sets.empty()) return;
  const Object& set = *sets.front();
  if (selects_pods(index.selector(object), set, index) != Match::kYes) return;
  for (const Object* other : index.derived<ServicePods>().sure(object)) {
    if (std::find(sets.begin(), sets.end(), other) != sets.end() ||
        !is_foreign(*other, set, index)) {
      continue;
    }
    auto finding =
        findings.at(kGoverningServiceShared, Severity::kWarning, object, view.spec.get("selector"),
                    title(object) + " governs " + title(set) + " but selects the pods of " +
                        title(*other) + " too: who asks for the set's addresses gets both");
    finding.related(other->metadata.get("name"), title(*other) + " is defined here");
    finding.related(set.root.get("spec", "serviceName"), title(set) + " names the Service here");
    const std::string label = telling_label(set, *other, index);
    finding.fix(label.empty() ? "give the set's pods a label of their own and select it"
                              : label + " in the selector");
    return;
  }
}

}  // namespace
}  // namespace sts::lint
