#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupUnknownImage;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const DnsToolUses uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses.all) {
    if (use.net().tool != shell::NetTool::kNslookup || use.net().too_many_arguments) continue;
    if (use.tools.nslookup != NslookupClass::kUnknown || !use.gates()) continue;
    for (const HostName& name : use.use->names) {
      if (name.form != NameForm::kLabel && name.form != NameForm::kDotted) continue;
      report_in_script(findings, kNslookupUnknownImage, Severity::kInfo, *use.script,
                       use.use->where,
                       "nothing says which version " + use.tools.shown +
                           " is: from 1.29 on its nslookup is wrong about \"" + shown(name) + "\"")
          .fix("ask for " + full_name(name, object, context));
      break;
    }
  }
}

}  // namespace

extern const Rule kNslookupUnknownImage{
    211, "nslookup-unknown-image", Severity::kInfo,
    "nslookup of a busybox of unknown version asks for a name that is not full", check};

}  // namespace sts::lint
