#include "lint/model/text.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kInitWaitsForLaterOrdinal;

namespace {

using namespace waits;

std::string fix(const Wait& wait, const Target& target, bool parallel) {
  // In an init container nothing serves yet, so no order of creation helps a wait for a port.
  if (wait.tcp) return "wait for the other pods in the main container, once it serves";
  if (parallel) return publish_fix(target);
  std::string text = "podManagementPolicy: Parallel";
  if (target.publishes != true) text += " and " + publish_fix(target);
  return text;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const auto waits = waits_of(object, context);
  for (const Wait& wait : waits->all) {
    if (wait.where != Where::kInit) continue;
    const Target* target = waits_for_later(wait, object);
    if (target == nullptr) continue;
    const bool parallel = wait.first(Stuck::kLaterOrdinal) == nullptr;
    const std::string later = pod_of(*target, object);
    const std::string message =
        parallel
            ? "every pod of " + title(object) + " waits for " + quoted(shown(target->name)) +
                  " before starting, " + later + " itself too, and the name is there only once " +
                  later + " is Ready: deadlock on first start"
            : first_pod(object) + " waits for " + later + " before starting, but " + later +
                  " is not created before " + first_pod(object) + " is Ready: deadlock";
    Severity severity = wait.at_most(Severity::kError);
    // The name may be what keeps the first pods from getting here, in a way that was not seen.
    if (!parallel && wait.mentions_pod && severity == Severity::kError) {
      severity = Severity::kWarning;
    }
    report(findings, kInitWaitsForLaterOrdinal, severity, wait, *target, message)
        .fix(fix(wait, *target, parallel));
  }
}

}  // namespace

extern const Rule kInitWaitsForLaterOrdinal{
    222, "init-waits-for-later-ordinal", Severity::kError,
    "an init container that waits for pods that are created after its own", check};

}  // namespace sts::lint
