#include "lint/model/text.h"
#include "lint/rules/dns_tools/output.h"
#include "lint/script/dns_tool_use.h"

#include <algorithm>

namespace sts::lint {

extern const Rule kNslookupGrepServerLine;

namespace {

bool has_flag(const Reader& reader, char flag) {
  return std::any_of(reader.options.begin(), reader.options.end(), [&](const std::string& option) {
    return option.size() > 1 && option[1] != '-' && option.find(flag) != std::string::npos;
  });
}

void check_reader(const DnsToolUse& use, const Reader& grep, const Object& object,
                  const RuleContext& context, Findings& findings) {
  if (grep.operands.size() != 1) return;
  const bool extended = grep.name == "egrep" || has_flag(grep, 'E');
  if (has_flag(grep, 'v') || has_flag(grep, 'x') || has_flag(grep, 'P')) return;
  const std::string pattern = grep.operands[0]->literal().value_or("");
  if (!matches_server_line(pattern, use.tools.nslookup, has_flag(grep, 'i'), extended)) return;

  const shell::Gating gating =
      shell::gating(use.script->script, grep.command, use.script->status_matters);
  const bool sure = gating.gate != shell::Gate::kNone && !gating.alternative;
  DnsToolUse judged = use;
  NetUse with_grep = *use.use;
  with_grep.gating = gating;
  judged.use = &with_grep;
  const HostName* name = use.use->names.empty() ? nullptr : &use.use->names[0];
  const std::string asked =
      name != nullptr && name->form != NameForm::kUnknown ? quoted(shown(*name)) : "the name";
  std::string message = "\"" + pattern + "\" matches the line that nslookup of " + use.tools.shown +
                        " prints for the DNS server itself, even where " + asked +
                        " does not exist";
  if (gating.gate != shell::Gate::kNone) message += ": " + when_never_fails(judged);
  const bool relative =
      name != nullptr && (name->form == NameForm::kLabel || name->form == NameForm::kDotted);
  report_dns_tool(findings, kNslookupGrepServerLine,
                  use.at_most(sure ? Severity::kError : Severity::kWarning), use,
                  grep.operands[0]->range, std::move(message))
      .fix("grep for '^Name'" +
           (relative ? ", and ask for " + full_name(*name, object, context) : std::string()));
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (use.net().tool != shell::NetTool::kNslookup) continue;
    if (use.tools.nslookup == NslookupClass::kNone) continue;
    for (const Reader& reader : readers(use)) {
      const bool grep = reader.name == "grep" || reader.name == "egrep" || reader.name == "fgrep";
      // What follows another filter sees no server line, what another filter follows decides not.
      if (grep && reader.first && reader.last) {
        check_reader(use, reader, object, context, findings);
      }
    }
  }
}

}  // namespace

extern const Rule kNslookupGrepServerLine{
    207, "nslookup-grep-server-line", Severity::kError,
    "a grep behind nslookup that matches the DNS server's own line", check};

}  // namespace sts::lint
