#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupExplicitServer;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup || use.net().too_many_arguments) continue;
    if (!use.net().server || use.asks_itself()) continue;
    const bool strict = use.tools.nslookup == NslookupClass::kStrict;
    const bool lax = use.tools.nslookup == NslookupClass::kNoSearch ||
                     use.tools.nslookup == NslookupClass::kNoStatus;
    // Where the status is used and always 0, nslookup-never-fails says what matters.
    if (!strict && !(lax && !use.gates())) continue;
    for (const HostName& name : use.use->names) {
      if (name.form != NameForm::kLabel && name.form != NameForm::kDotted) continue;
      const LookupResult result = nslookup_result(use.tools, use.query(name));
      if (result.usage_error) continue;
      const Severity severity =
          use.by_default_dns(use.decides() ? Severity::kError : Severity::kWarning);
      std::string message = "nslookup of " + use.tools.shown +
                            " does not use the search list for \"" + shown(name) +
                            "\" because a server is named, and never finds it";
      if (use.gates()) message += ": " + when_never_succeeds(use);
      report_dns_tool(findings, kNslookupExplicitServer, severity, use, use.use->where,
                      std::move(message))
          .fix("ask for " + full_name(name, object, context));
      break;
    }
  }
}

}  // namespace

extern const Rule kNslookupExplicitServer{
    205, "nslookup-explicit-server", Severity::kError,
    "nslookup of busybox with a server argument asks for a name that is not full", check};

}  // namespace sts::lint
