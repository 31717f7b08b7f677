#include "rollout/status/report/tables.h"

#include "kube/semantics/timestamp.h"
#include "kube/text/printable.h"
#include "rollout/report/table.h"

#include <algorithm>

namespace sts::rollout {
namespace {

Style style_of(Verdict verdict) {
  return verdict == Verdict::kSettled  ? Style::kGood
         : verdict == Verdict::kMoving ? Style::kBusy
                                       : Style::kBad;
}

std::string fraction(std::int64_t part, std::int64_t whole) {
  return std::to_string(part) + "/" + std::to_string(whole);
}

std::string age_text(const std::optional<std::chrono::seconds>& age) {
  return age ? kube::human_duration(*age) : "";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ",") + text;
  return out;
}

std::string ids_of(const StatusReport& report) {
  std::vector<std::string> ids;
  for (const Blocker& blocker : report.blockers) {
    const std::string id(blocker.id);
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  return joined(ids);
}

// "4 (12s ago)", as kubectl has it.
std::string restarts_text(const PodRow& row) {
  if (!row.exists) return "";
  std::string text = std::to_string(row.restarts);
  if (row.restarts > 0 && row.last_restart) text += " (" + age_text(row.last_restart) + " ago)";
  return text;
}

std::string revision_text(const PodRow& row) {
  if (row.role == RevisionRole::kNone || row.role == RevisionRole::kUpdate) return row.revision;
  return row.revision + " (" + std::string(to_string(row.role)) + ")";
}

std::string claims_text(const PodRow& row, Width width) {
  std::vector<std::string> texts;
  for (const ClaimCell& claim : row.claims) {
    std::string text = claim.name;
    if (!claim.phase.empty()) text += " " + claim.phase;
    if (width == Width::kWide && !claim.volume.empty()) {
      text += " " + claim.volume + (claim.capacity.empty() ? "" : " " + claim.capacity);
    }
    texts.push_back(std::move(text));
  }
  return joined(texts);
}

std::string status_text(const PodRow& row) {
  if (row.foreign) return row.status + " (of another owner)";
  return row.condemned ? row.status + " (out of range)" : row.status;
}

std::string safe(const std::string& text) { return kube::printable(text); }

std::string headline(const StatusReport& report, bool colour) {
  std::string out = styled(Style::kBold, safe(report.name_space + "/" + report.name), colour);
  out += ": " + styled(style_of(report.verdict), std::string(to_string(report.verdict)), colour);
  out += ", " + std::to_string(report.ready) + " of " + std::to_string(report.desired) + " Ready";
  if (report.min_ready_seconds > 0) out += ", " + std::to_string(report.available) + " available";
  out += ", " + std::to_string(report.updated) + " of " + std::to_string(report.to_update) +
         " updated";
  return out + "\n";
}

std::string revision_name(const Revision& revision) {
  std::string text = revision.name.empty() ? "none" : revision.name;
  if (revision.number) text += " (" + std::to_string(*revision.number) + ")";
  return text;
}

std::string details(const StatusReport& report) {
  std::string out = report.update_strategy + ", " + report.pod_management + ", revision ";
  out += report.current.name == report.update.name
             ? revision_name(report.update)
             : revision_name(report.current) + " to " + revision_name(report.update);
  return safe(out) + "\n";
}

}  // namespace

std::string sets_table(const StatusOutput& output, Width width, bool colour) {
  std::vector<std::string> header;
  if (output.all_namespaces) header.emplace_back("NAMESPACE");
  for (const char* const title :
       {"NAME", "READY", "UPDATED", "PARTITION", "STATE", "BLOCKED BY", "AGE"}) {
    header.emplace_back(title);
  }
  if (width == Width::kWide) {
    for (const char* const title : {"STRATEGY", "PODS", "CURRENT", "UPDATE"}) {
      header.emplace_back(title);
    }
  }
  Table table(header);
  for (const StatusReport& report : output.reports) {
    std::vector<Cell> row;
    if (output.all_namespaces) row.push_back({report.name_space});
    row.push_back({report.name});
    row.push_back({fraction(report.ready, report.desired)});
    row.push_back({fraction(report.updated, report.to_update)});
    row.push_back({report.partition > 0 ? std::to_string(report.partition) : ""});
    row.push_back({std::string(to_string(report.verdict)), style_of(report.verdict)});
    row.push_back({ids_of(report)});
    row.push_back({age_text(report.age)});
    if (width == Width::kWide) {
      row.push_back({report.update_strategy});
      row.push_back({report.pod_management});
      row.push_back({revision_name(report.current)});
      row.push_back({revision_name(report.update)});
    }
    table.add(std::move(row));
  }
  return table.render(colour);
}

std::string pods_table(const StatusReport& report, Width width, bool colour) {
  std::vector<std::string> header = {"POD",      "REVISION", "READY", "STATUS",
                                     "RESTARTS", "AGE",      "NODE",  "CLAIMS"};
  if (width == Width::kWide) {
    header.emplace_back("IP");
    header.emplace_back("IMAGES");
  }
  Table table(header);
  // Between the last pod that stays and the first that is updated.
  const auto line_at = static_cast<std::size_t>(std::min(report.partition, report.desired));
  const auto add_line = [&] {
    if (!report.partition_line.empty()) table.add_line("--- " + report.partition_line);
  };
  for (std::size_t i = 0; i < report.pods.size(); ++i) {
    const PodRow& row = report.pods[i];
    if (i == line_at) add_line();
    const Style style = row.available ? Style::kPlain : row.exists ? Style::kBusy : Style::kBad;
    std::vector<Cell> cells = {
        {row.name},
        {revision_text(row)},
        {row.exists ? fraction(row.ready_containers, row.containers) : "", style},
        {status_text(row), style},
        {restarts_text(row)},
        {age_text(row.age)},
        {row.node},
        {claims_text(row, width)}};
    if (width == Width::kWide) {
      cells.push_back({joined(row.ips)});
      cells.push_back({joined(row.images)});
    }
    table.add(std::move(cells));
  }
  if (line_at >= report.pods.size()) add_line();
  return table.render(colour);
}

std::string remarks(const StatusReport& report, bool colour) {
  std::string out;
  for (const std::string& line : report.waits_for) {
    out += styled(Style::kBusy, "waits:", colour) + " " + safe(line) + "\n";
  }
  for (const Blocker& blocker : report.blockers) {
    out += styled(Style::kBad, "blocked:", colour) + " " + safe(blocker.message) + " " +
           styled(Style::kDim, "[" + std::string(blocker.id) + "]", colour) + "\n";
    for (const std::string& line : blocker.evidence) out += "  " + safe(line) + "\n";
    out += "  way out: " + safe(blocker.way_out) + "\n";
    out += "    " + styled(Style::kBold, safe(blocker.command), colour) + "\n";
  }
  for (const Hazard& hazard : report.hazards) {
    out += styled(Style::kBusy, "hazard:", colour) + " " + safe(hazard.message) + " " +
           styled(Style::kDim, "[" + std::string(hazard.id) + "]", colour) + "\n";
    out += "  way out: " + safe(hazard.way_out) + "\n";
  }
  for (const std::string& note : report.notes) out += "note: " + safe(note) + "\n";
  return out;
}

std::string render_for_people(const StatusOutput& output, Width width, bool colour) {
  std::string out;
  if (!output.list) {
    for (const StatusReport& report : output.reports) {
      const std::string below = remarks(report, colour);
      out += headline(report, colour) + details(report) + "\n" + pods_table(report, width, colour);
      if (!below.empty()) out += "\n" + below;
    }
    return out;
  }
  out = sets_table(output, width, colour);
  for (const StatusReport& report : output.reports) {
    if (report.blockers.empty()) continue;
    out += "\n" + styled(Style::kBold, safe(report.name_space + "/" + report.name), colour) + "\n" +
           remarks(report, colour);
  }
  return out;
}

}  // namespace sts::rollout
