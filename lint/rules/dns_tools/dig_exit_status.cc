#include "lint/model/text.h"
#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kDigExitStatus;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kDig || !use.gates() || use.asks_itself()) continue;
    // There is none in these: dns-tool-missing.
    if (use.tools.nslookup != NslookupClass::kNone) continue;
    for (const HostName& name : use.use->names) {
      // For names outside the cluster "a server answers" is mostly what is waited for.
      if (name.form == NameForm::kExternal) continue;
      const bool unknown = name.form == NameForm::kUnknown;
      const Severity sure = use.gating().alternative ? Severity::kWarning : Severity::kError;
      const std::string word = unknown || name.form == NameForm::kFqdn
                                   ? std::string(use.script->written(use.use->where))
                                   : full_name(name, object, context);
      report_dns_tool(
          findings, kDigExitStatus, unknown ? Severity::kInfo : use.at_most(sure), use,
          use.use->where,
          "dig exits 0 for " + (unknown ? word : quoted(shown(name))) +
              " whenever a DNS server answers, even with NXDOMAIN: " + when_never_fails(use))
          .fix("dig +short " + word + " | grep -q .");
      break;
    }
  }
}

}  // namespace

extern const Rule kDigExitStatus{209, "dig-exit-status", Severity::kError,
                                 "the exit status of dig taken for the existence of a name", check};

}  // namespace sts::lint
