#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kStsRenamedOrMoved{505,
                                     "sts-renamed-or-moved",
                                     Severity::kWarning,
                                     "a StatefulSet that takes the place of another one",
                                     nullptr,
                                     false,
                                     check};

namespace {

// Two sets of one file, one gone and one new, are one that was renamed when they store the same
// things and run the same containers.
bool is_successor(const Object& old, const Object& now) {
  if (old.kind != Kind::kStatefulSet || old.file->path != now.file->path) return false;
  const ClaimTemplates before(old);
  const ClaimTemplates after(now);
  if (!before.known || !after.known || before.all.size() != after.all.size()) return false;
  for (const auto& [name, item] : before.all) {
    if (!after.find(name).exists()) return false;
  }
  const auto names = [](const Object& set) {
    std::vector<std::string_view> all;
    for (const kube::Value each : set.root.get("spec", "template", "spec", "containers").items()) {
      all.push_back(each.get("name").text());
    }
    return all;
  };
  return names(old) == names(now);
}

}  // namespace

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  const Object& set = *change.after;
  if (change.before != nullptr || set.kind != Kind::kStatefulSet) return;
  if (ClaimTemplates(set).all.empty()) return;
  const Object* old = nullptr;
  for (const Object* each : context.changes.removed) {
    if (!is_successor(*each, set)) continue;
    if (old != nullptr) return;  // which of them it was, nobody knows
    old = each;
  }
  if (old == nullptr) return;
  const bool renamed = old->name != set.name;
  const kube::Value place = set.metadata.get(renamed ? "name" : "namespace");
  const std::string was = renamed ? quoted(old->name) : "namespace " + quoted(old->name_space.name);
  const std::string is = renamed ? quoted(set.name) : "namespace " + quoted(set.name_space.name);
  const std::string first = std::string(ClaimTemplates(*old).all.front().first);
  auto finding = findings.at(
      kStsRenamedOrMoved, Severity::kWarning, set,
      place.exists() ? place : set.metadata.get("name"),
      "a StatefulSet goes from " + was + " to " + is +
          ": its pods begin with new, empty claims, and the data stays behind in claims " + first +
          "-" + std::string(old->name) + "-N");
  finding.related(old->metadata.get("name"), "what it was");
  finding.fix(renamed ? "name: " + std::string(old->name) : "namespace: " + old->name_space.name);
}

}  // namespace sts::lint
