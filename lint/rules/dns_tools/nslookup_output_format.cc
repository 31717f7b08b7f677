#include "lint/rules/dns_tools/output.h"
#include "lint/script/dns_tool_use.h"

namespace sts::lint {

extern const Rule kNslookupOutputFormat;

namespace {

const shell::Word* old_format(const Reader& reader) {
  for (const shell::Word* word : reader.operands) {
    if (word->literal_text().find("Address 1") != std::string::npos) return word;
  }
  return nullptr;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup) continue;
    if (use.tools.nslookup != NslookupClass::kNoSearch &&
        use.tools.nslookup != NslookupClass::kNoStatus &&
        use.tools.nslookup != NslookupClass::kStrict) {
      continue;
    }
    for (const Reader& reader : readers(use)) {
      const shell::Word* word = old_format(reader);
      if (word == nullptr) continue;
      report_dns_tool(findings, kNslookupOutputFormat, use.at_most(Severity::kWarning), use,
                      word->range,
                      "nslookup of " + use.tools.shown +
                          " prints \"Address:\" and never \"Address 1\", which busybox wrote up "
                          "to 1.28: " +
                          reader.name + " finds nothing")
          .fix("match the line that begins with \"Address:\" and stands below \"Name:\"");
      break;
    }
  }
}

}  // namespace

extern const Rule kNslookupOutputFormat{
    208, "nslookup-output-format", Severity::kWarning,
    "output of nslookup read in the form that busybox wrote up to 1.28", check};

}  // namespace sts::lint
