#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupUnsupportedType;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup || use.net().query_type.empty()) continue;
    if (use.tools.nslookup == NslookupClass::kNone ||
        use.tools.nslookup == NslookupClass::kUnknown) {
      continue;
    }
    HostName any;
    any.form = NameForm::kFqdn;
    if (!nslookup_result(use.tools, use.query(any)).usage_error) continue;
    const bool no_options = use.tools.nslookup == NslookupClass::kLibc;
    std::string message = "nslookup of " + use.tools.shown + " does not know ";
    message += no_options ? std::string("the option ") : std::string("the type in ");
    message += std::string(use.script->written(use.net().type_where)) + " and exits 1";
    if (use.gates()) message += ": " + when_never_succeeds(use);
    report_dns_tool(findings, kNslookupUnsupportedType,
                    use.at_most(use.decides() ? Severity::kError : Severity::kWarning), use,
                    use.net().type_where, std::move(message))
        .fix(use.tools.alpine ? "use alpine:3.21" : "use busybox:1.37");
  }
}

}  // namespace

extern const Rule kNslookupUnsupportedType{
    206, "nslookup-unsupported-type", Severity::kError,
    "an nslookup option that the image's busybox does not know", check};

}  // namespace sts::lint
