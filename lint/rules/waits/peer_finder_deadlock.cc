#include "lint/model/text.h"
#include "lint/rules/waits/excuses.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kPeerFinderDeadlock;

namespace {

using namespace waits;

bool before_ready(const PodScript& script) {
  if (script.hook != Hook::kCommand || !script.surely_run) return false;
  return script.container.role == ContainerRole::kInit ||
         (script.container.role == ContainerRole::kMain &&
          script.container.value.get("readinessProbe"));
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kPeerFinder || use.use->names.size() != 1) continue;
    if (!use.default_dns || !before_ready(*use.script) ||
        is_excused(*use.script, use.use->command, *uses->scripts)) {
      continue;
    }
    const auto target = target_of(use.use->names[0], object, context);
    if (!target || target->pod || target->workload != &object) continue;
    if (target->headless != true || target->publishes != false) continue;
    auto finding = report_in_script(
        findings, kPeerFinderDeadlock, Severity::kWarning, *use.script, use.use->where,
        "peer-finder waits until " + first_pod(object) + " is among the addresses of Service " +
            quoted(target->service) + ", which lists it only once it is Ready: likely" +
            " deadlock on first start");
    finding.related(target->first().metadata.get("name"),
                    title(target->first()) + " is defined here");
    finding.fix(publish_fix(*target));
  }
}

}  // namespace

extern const Rule kPeerFinderDeadlock{
    227, "peer-finder-deadlock", Severity::kWarning,
    "peer-finder on a Service that does not publish pods that are not Ready", check};

}  // namespace sts::lint
