#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kUclibcDottedName;

namespace {

// Looks names up through the C library.
bool uses_libc(const DnsToolUse& use) {
  switch (use.net().tool) {
    case shell::NetTool::kNslookup:
      return use.tools.nslookup == NslookupClass::kLibc && use.net().query_type.empty();
    case shell::NetTool::kPing:
    case shell::NetTool::kNc:
    case shell::NetTool::kWget:
      return true;
    default:
      return false;
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.tools.libc != Libc::kUclibc || !uses_libc(use)) continue;
    for (const HostName& name : use.use->names) {
      if (name.form != NameForm::kDotted) continue;
      report_dns_tool(findings, kUclibcDottedName, Severity::kInfo, use, use.use->where,
                      use.net().name + " of " + use.tools.shown + " (uclibc) asks \"" +
                          shown(name) +
                          "\" as it stands first, and tries the search list only where the " +
                          "upstream DNS answers NXDOMAIN")
          .fix("ask for " + full_name(name, object, context) + ", or use the -glibc or -musl tag");
      break;
    }
  }
}

}  // namespace

extern const Rule kUclibcDottedName{204, "uclibc-dotted-name", Severity::kInfo,
                                    "a dotted relative name in a busybox image built with uclibc",
                                    check};

}  // namespace sts::lint
