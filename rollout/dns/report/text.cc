#include "kube/text/printable.h"
#include "rollout/dns/report/format.h"
#include "rollout/report/table.h"

#include <algorithm>

namespace sts::rollout {
namespace {

std::string safe(const std::string& text) { return kube::printable(text); }

std::string answer(const NameVerdict& verdict) {
  if (!verdict.alias.empty()) return "alias of " + verdict.alias;
  std::string out;
  for (const std::string& address : verdict.addresses) out += (out.empty() ? "" : ",") + address;
  return out;
}

std::vector<Cell> row(const std::string& first, const NameVerdict& verdict) {
  return {{first},
          {verdict.resolves ? "yes" : "no", verdict.resolves ? Style::kGood : Style::kBad},
          {verdict.resolves ? answer(verdict) : std::string(to_string(verdict.reason))}};
}

void explain(std::string& out, const std::string& name, const NameVerdict& verdict, bool colour) {
  if (verdict.resolves) return;
  out += styled(Style::kBold, safe(name), colour) + ": " + safe(verdict.why) + " " +
         styled(Style::kDim, "[" + std::string(to_string(verdict.reason)) + "]", colour) + "\n";
  out += "  way out: " + safe(verdict.way_out) + "\n";
}

std::string where_text(const std::vector<std::string>& where) {
  std::string out;
  for (const std::string& place : where) out += (out.empty() ? "" : "; ") + place;
  return out;
}

void add_report(std::string& out, const DnsReport& report, bool colour) {
  const auto resolving =
      std::count_if(report.names.begin(), report.names.end(),
                    [](const OrdinalName& name) { return name.verdict.resolves; });
  out += styled(Style::kBold, safe(report.name_space + "/" + report.set), colour) + ": " +
         std::to_string(resolving) + " of " + std::to_string(report.names.size()) +
         " names resolve under " +
         (report.service.empty() ? "no Service" : "Service " + safe(report.service)) +
         "\ncluster domain " + safe(report.domain.name) + " (" +
         std::string(to_string(report.domain.source)) + ")\n\n";
  Table names({"NAME", "RESOLVES", "ANSWER"});
  for (const OrdinalName& name : report.names) {
    names.add(row(name.verdict.name.empty() ? name.pod : name.verdict.name, name.verdict));
  }
  out += names.render(colour);
  if (!report.references.empty()) {
    Table references({"REFERENCE", "RESOLVES", "ANSWER", "WHERE"});
    for (const ReferenceVerdict& reference : report.references) {
      std::vector<Cell> cells = row(reference.verdict.name, reference.verdict);
      cells.push_back({where_text(reference.where)});
      references.add(std::move(cells));
    }
    out += "\n" + references.render(colour);
  }
  std::string below;
  for (const OrdinalName& name : report.names) explain(below, name.pod, name.verdict, colour);
  for (const ReferenceVerdict& reference : report.references) {
    explain(below, reference.verdict.name, reference.verdict, colour);
  }
  for (const std::string& note : report.notes) below += "note: " + safe(note) + "\n";
  if (!below.empty()) out += "\n" + below;
}

}  // namespace

std::string render_dns_text(const std::vector<DnsReport>& reports, bool colour) {
  std::string out;
  for (const DnsReport& report : reports) {
    if (!out.empty()) out += '\n';
    add_report(out, report, colour);
  }
  return out;
}

}  // namespace sts::rollout
