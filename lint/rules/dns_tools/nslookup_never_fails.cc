#include "lint/model/text.h"
#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupNeverFails;

namespace {

void report(const DnsToolUse& use, const HostName& name, const Object& object,
            const RuleContext& context, Findings& findings) {
  const bool unknown = name.form == NameForm::kUnknown;
  const Severity severity =
      unknown
          ? Severity::kInfo
          : use.by_default_dns(use.gating().alternative ? Severity::kWarning : Severity::kError);
  const std::string word(use.script->written(use.use->where));
  const std::string asked = unknown ? word : quoted(shown(name));
  const std::string full = unknown ? " and ask for the full name"
                           : name.form == NameForm::kFqdn
                               ? ""
                               : " and ask for " + full_name(name, object, context);
  report_dns_tool(
      findings, kNslookupNeverFails, severity, use, use.use->where,
      "nslookup of " + use.tools.shown + " exits 0 for " + asked +
          " whenever a DNS server answers, even with NXDOMAIN: " + when_never_fails(use))
      .fix("use busybox:1.37" + full);
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup || use.net().too_many_arguments) continue;
    if (use.tools.nslookup != NslookupClass::kNoSearch &&
        use.tools.nslookup != NslookupClass::kNoStatus) {
      continue;
    }
    // Whoever asks the pod itself wants to know that a DNS server runs here, and learns it.
    if (!use.gates() || use.asks_itself()) continue;
    // Something else decides: nslookup only adds to it.
    if (shell::has_companion(use.script->script, use.use->command)) continue;
    for (const HostName& name : use.use->names) {
      // For names outside the cluster "a server answers" is mostly what is waited for.
      if (name.form == NameForm::kExternal) continue;
      if (!nslookup_result(use.tools, use.query(name)).never_fails()) continue;
      report(use, name, object, context, findings);
      break;
    }
  }
}

}  // namespace

extern const Rule kNslookupNeverFails{
    202, "nslookup-never-fails", Severity::kError,
    "nslookup of busybox 1.29 and 1.30 exits 0 whether a name exists or not", check};

}  // namespace sts::lint
