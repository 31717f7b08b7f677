#include "lint/model/text.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kMutualWait;

namespace {

using namespace waits;

// The other workload that must be Ready before this wait ends.
const Object* waits_for(const Wait& wait, const Target& target, const Object& object) {
  if (wait.where != Where::kInit || target.workload == nullptr || target.workload == &object) {
    return nullptr;
  }
  // A ClusterIP's name, and one that publishes all pods, is there before anybody is Ready.
  const bool needs_ready = wait.tcp || (target.headless == true && target.publishes == false);
  return needs_ready ? target.workload : nullptr;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto mine = waits_of(object, context);
  for (const Wait& wait : mine->all) {
    for (const Target& target : wait.targets) {
      const Object* other = waits_for(wait, target, object);
      // Once for both: at the one that stands first.
      if (other == nullptr || other->ordinal < object.ordinal) continue;
      const auto theirs = waits_of(*other, context);
      for (const Wait& back : theirs->all) {
        for (const Target& goal : back.targets) {
          if (waits_for(back, goal, *other) != &object) continue;
          auto finding =
              report(findings, kMutualWait, wait.at_most(Severity::kWarning), wait, target,
                     title(object) + " waits for " + title(*other) + " at " +
                         quoted(shown(target.name)) + ", and " + title(*other) + " waits for " +
                         title(object) + " at " + quoted(shown(goal.name)) +
                         ", each before it starts: neither does on first start");
          const PodScript::Spot spot = back.use.script->spot(back.use.use->where);
          finding.related(spot.scalar, title(*other) + " waits here");
          finding.fix("remove one of the two waits");
          return;
        }
      }
    }
  }
}

}  // namespace

extern const Rule kMutualWait{226, "mutual-wait", Severity::kWarning,
                              "two workloads whose init containers wait for each other", check};

}  // namespace sts::lint
