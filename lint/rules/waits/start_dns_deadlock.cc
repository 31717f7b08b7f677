#include "lint/model/text.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kStartDnsDeadlock;

namespace {

using namespace waits;

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto waits = waits_of(object, context);
  for (const Wait& wait : waits->all) {
    if (wait.where != Where::kPostStart && wait.where != Where::kMain) continue;
    const std::string place = wait.where == Where::kPostStart
                                  ? "in a postStart hook, which keeps it from becoming Ready"
                                  : "before its server starts, though a probe decides when it is "
                                    "Ready";
    if (const Target* later = wait.first(Stuck::kLaterOrdinal)) {
      const std::string pod = pod_of(*later, object);
      std::string fix = "podManagementPolicy: Parallel";
      if (later->publishes != true) fix += " and " + publish_fix(*later);
      report(findings, kStartDnsDeadlock, wait.at_most(Severity::kWarning), wait, *later,
             first_pod(object) + " waits for " + pod + " " + place + ", but " + pod +
                 " is not created before that: likely deadlock")
          .fix(std::move(fix));
      continue;
    }
    const Target* target = wait.first(Stuck::kOwnName);
    if (target == nullptr) continue;
    report(findings, kStartDnsDeadlock, wait.at_most(Severity::kWarning), wait, *target,
           pod_of(*target, object) + " needs to be Ready to get the DNS name " +
               quoted(shown(target->name)) + ", but waits for it " + place +
               ": likely deadlock on first start")
        .fix(wait.tcp ? "let the pods skip their own name in this wait" : publish_fix(*target));
  }
}

}  // namespace

extern const Rule kStartDnsDeadlock{224, "start-dns-deadlock", Severity::kWarning,
                                    "a container that waits for its own DNS name before it serves",
                                    check};

}  // namespace sts::lint
