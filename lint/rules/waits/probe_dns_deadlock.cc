#include "lint/model/text.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kProbeDnsDeadlock;

namespace {

using namespace waits;

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto waits = waits_of(object, context);
  for (const Wait& wait : waits->all) {
    if (wait.where != Where::kProbe) continue;
    const std::string probe =
        wait.use.script->hook == Hook::kStartup ? "the startup probe" : "the readiness probe";
    const Severity severity = wait.at_most(Severity::kError);
    if (const Target* later = wait.first(Stuck::kLaterOrdinal)) {
      const std::string pod = pod_of(*later, object);
      report(findings, kProbeDnsDeadlock, severity, wait, *later,
             probe + " of " + first_pod(object) + " asks for " + pod + ", which is not created" +
                 " before " + first_pod(object) + " is Ready: neither ever is")
          .fix("let the probe check this pod alone, at localhost");
      continue;
    }
    const Target* target = wait.first(Stuck::kOwnName);
    if (target == nullptr) continue;
    const std::string name = "the DNS name " + quoted(shown(target->name));
    const std::string pod = target->own_pod ? "a pod" : pod_of(*target, object);
    std::string message = probe + " asks for " + name + ", which " + pod +
                          " gets only once it is Ready: it never becomes Ready";
    if (!target->pod) {
      message = probe + " asks for " + name + ", which is there only once a pod of " +
                title(object) + " is Ready: none becomes Ready on first start";
    }
    report(findings, kProbeDnsDeadlock, severity, wait, *target, std::move(message))
        .fix("let the probe check this pod alone, at localhost");
  }
}

}  // namespace

extern const Rule kProbeDnsDeadlock{223, "probe-dns-deadlock", Severity::kError,
                                    "a probe that needs the DNS name that only Ready pods have",
                                    check};

}  // namespace sts::lint
