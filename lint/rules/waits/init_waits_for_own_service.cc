#include "lint/model/text.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kInitWaitsForOwnService;

namespace {

using namespace waits;

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto waits = waits_of(object, context);
  for (const Wait& wait : waits->all) {
    const Target* target = wait.first(Stuck::kOwnPort);
    if (wait.where != Where::kInit || target == nullptr) continue;
    if (wait.first(Stuck::kLaterOrdinal) != nullptr) continue;
    const std::string tool = wait.use.net().name;
    const std::string host = quoted(shown(target->name));
    const std::string pod = pod_of(*target, object);
    std::string message;
    std::string fix;
    if (target->pod) {
      const std::string who = target->own_pod ? "every pod" : pod;
      message = who + " waits with " + tool + " for its own port at " + host +
                " before starting, and nothing listens there yet: the init container never ends";
      fix = target->own_pod ? "remove the wait"
                            : "let only the other pods wait: skip it where $(hostname) is " + pod;
    } else {
      message = pod + " waits with " + tool + " for Service " + quoted(target->service) +
                ", behind which stand only the pods of " + title(object) +
                ", before any of them starts: deadlock on first start";
      fix = "remove the wait: nothing behind the Service serves before it ends";
    }
    report(findings, kInitWaitsForOwnService, wait.at_most(Severity::kError), wait, *target,
           std::move(message))
        .fix(std::move(fix));
  }
}

}  // namespace

extern const Rule kInitWaitsForOwnService{225, "init-waits-for-own-service", Severity::kError,
                                          "an init container that waits for a port of its own pods",
                                          check};

}  // namespace sts::lint
