#include "lint/rules/dns_tools/output.h"
#include "lint/script/dns_tool_use.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace sts::lint {

extern const Rule kDnsToolMissing;

namespace {

bool missing(const DnsToolUse& use) {
  if (use.tools.nslookup == NslookupClass::kNone) return false;
  switch (use.net().tool) {
    case shell::NetTool::kGetent:
      return !use.tools.alpine;  // alpine has it in musl-utils
    case shell::NetTool::kDig:
    case shell::NetTool::kHost:
      return true;
    default:
      return false;
  }
}

// The script may bring the tool, define it, or ask first whether it is there.
bool taken_care_of(const DnsToolUse& use) {
  const shell::Script& script = use.script->script;
  for (const char* name : {"apk", "which", "type", "hash", "opkg", "ln", "cp"}) {
    if (script.by_name.contains(name)) return true;
  }
  if (const auto asked = script.by_name.find("command"); asked != script.by_name.end()) return true;
  const bool defined =
      std::any_of(script.nodes.begin(), script.nodes.end(), [&](const shell::Node& node) {
        return (node.kind == shell::NodeKind::kFunction && node.text == use.net().name) ||
               std::any_of(node.assignments.begin(), node.assignments.end(),
                           [](const shell::Assignment& a) { return a.name == "PATH"; });
      });
  if (defined) return true;
  // A path of its own is something that was brought along.
  const std::string_view word = use.script->written(use.net().where);
  return word.find('/') != std::string_view::npos && !word.starts_with("/usr/bin/") &&
         !word.starts_with("/bin/");
}

// `dig … | grep -q .`: of a tool that is not there grep reads nothing, and fails in its place.
std::optional<shell::Gating> grep_in_its_place(const DnsToolUse& use) {
  const std::vector<Reader> behind = readers(use);
  if (behind.empty() || !behind.back().first || !behind.back().last) return std::nullopt;
  const Reader& grep = behind.back();
  const bool simple = grep.name == "grep" && grep.operands.size() == 1 &&
                      std::all_of(grep.options.begin(), grep.options.end(),
                                  [](const std::string& option) { return option == "-q"; });
  if (!simple) return std::nullopt;
  return shell::gating(use.script->script, grep.command, use.script->status_matters);
}

void check_use(const DnsToolUse& use, const Object& object, const RuleContext& context,
               Findings& findings) {
  const bool sure = use.decides() && use.tools.official && !use.tools.alpine;
  const std::string image = use.tools.alpine ? "alpine" : "busybox";
  std::string message = use.net().name + " is not in the " + image + " image (exit 127)";
  if (use.gates()) message += ": " + when_never_succeeds(use);
  std::string name = "the full name";
  if (!use.use->names.empty()) {
    const HostName& first = use.use->names[0];
    if (first.form == NameForm::kFqdn) name = shown(first);
    if (first.form == NameForm::kLabel || first.form == NameForm::kDotted) {
      name = full_name(first, object, context);
    }
  }
  report_dns_tool(findings, kDnsToolMissing,
                  use.at_most(sure ? Severity::kError : Severity::kWarning), use, use.net().where,
                  std::move(message))
      .fix(use.tools.nslookup == NslookupClass::kNoSearch ||
                   use.tools.nslookup == NslookupClass::kNoStatus
               ? "use busybox:1.37 and nslookup with " + name
               : "use nslookup with " + name);
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    if (!missing(use) || taken_care_of(use)) continue;
    const auto grep = grep_in_its_place(use);
    if (!grep) {
      check_use(use, object, context, findings);
      continue;
    }
    NetUse with_grep = *use.use;
    with_grep.gating = *grep;
    DnsToolUse judged = use;
    judged.use = &with_grep;
    check_use(judged, object, context, findings);
  }
}

}  // namespace

extern const Rule kDnsToolMissing{210, "dns-tool-missing", Severity::kError,
                                  "a DNS tool that the container's image does not hold", check};

}  // namespace sts::lint
