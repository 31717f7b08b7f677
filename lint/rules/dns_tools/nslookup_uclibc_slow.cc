#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupUclibcSlow;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup || use.net().too_many_arguments) continue;
    if (use.tools.nslookup != NslookupClass::kStrict) continue;
    for (const HostName& name : use.use->names) {
      if (name.form != NameForm::kFqdn) continue;
      if (!nslookup_result(use.tools, use.query(name)).slow) continue;
      report_dns_tool(findings, kNslookupUclibcSlow, Severity::kInfo, use, use.use->where,
                      "nslookup of " + use.tools.shown + " (uclibc) takes 5 seconds for \"" +
                          shown(name) +
                          "\" and may print no address: of its two queries it accepts one reply")
          .fix("use busybox:1.37, or the -glibc or -musl tag");
      break;
    }
  }
}

}  // namespace

extern const Rule kNslookupUclibcSlow{
    203, "nslookup-uclibc-slow", Severity::kInfo,
    "nslookup of busybox 1.31 to 1.36 built with uclibc loses replies", check};

}  // namespace sts::lint
