#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupUnknownImage;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup || use.net().too_many_arguments) continue;
    if (use.tools.nslookup != NslookupClass::kUnknown || !use.gates()) continue;
    for (const HostName& name : use.use->names) {
      if (name.form != NameForm::kLabel && name.form != NameForm::kDotted) continue;
      report_dns_tool(findings, kNslookupUnknownImage, Severity::kInfo, use, use.use->where,
                      "image \"" + std::string(use.script->container.value.get("image").text()) +
                          "\" does not say which busybox it holds: from 1.29 on nslookup gives " +
                          "wrong results for \"" + shown(name) + "\"")
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
