#include "lint/model/text.h"
#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupRelativeName;

namespace {

void report(const DnsToolUse& use, const HostName& name, const LookupResult& result,
            const Object& object, const RuleContext& context, Findings& findings) {
  // A single label is printed in spite of the status, so a reader of the output is served.
  if (use.output_is_read() && result.resolved) return;
  const bool sure = use.decides() && result.exists == Status::kOne;
  const Severity severity = use.by_default_dns(sure ? Severity::kError : Severity::kWarning);

  const std::string asked = quoted(shown(name));
  std::string message = "nslookup of " + use.tools.shown;
  if (name.form == NameForm::kDotted) {
    message += " asks " + asked + " as it stands, without the search list, and ";
    message += use.output_is_read() ? "finds nothing even where it exists"
                                    : "exits 1 even where it exists";
  } else if (result.exists == Status::kVaries) {
    message += " exits 0 or 1 for " + asked + " by luck, whichever search suffix answers first";
  } else {
    message += " exits 1 for " + asked +
               " even where it exists, because the other search suffixes have no such name";
  }
  if (!use.output_is_read()) {
    message += ": " + (result.exists == Status::kVaries ? std::string("its status says nothing")
                                                        : when_never_succeeds(use));
  }
  report_dns_tool(findings, kNslookupRelativeName, severity, use, use.use->where,
                  std::move(message))
      .fix("ask for " + full_name(name, object, context));
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup || use.net().too_many_arguments) continue;
    // With a server named it is nslookup-explicit-server.
    if (use.tools.nslookup != NslookupClass::kStrict || use.net().server) continue;
    for (const HostName& name : use.use->names) {
      if (name.form != NameForm::kLabel && name.form != NameForm::kDotted) continue;
      const LookupResult result = nslookup_result(use.tools, use.query(name));
      if (result.usage_error) continue;
      report(use, name, result, object, context, findings);
      break;
    }
  }
}

}  // namespace

extern const Rule kNslookupRelativeName{
    201, "nslookup-relative-name", Severity::kError,
    "nslookup of busybox 1.31 or later asks for a name that is not full", check};

}  // namespace sts::lint
