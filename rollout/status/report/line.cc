#include "rollout/status/report/line.h"

#include "kube/text/printable.h"
#include "rollout/status/report/document.h"

#include <nlohmann/json.hpp>

namespace sts::rollout {

std::string one_line(const StatusReport& report) {
  std::string out =
      report.name_space + "/" + report.name + ": " + std::string(to_string(report.verdict)) + ", " +
      std::to_string(report.ready) + " of " + std::to_string(report.desired) + " Ready, " +
      std::to_string(report.updated) + " of " + std::to_string(report.to_update) + " updated";
  if (report.blockers.empty()) {
    for (const std::string& line : report.waits_for) out += "; " + line;
  }
  for (const Blocker& blocker : report.blockers) {
    out += "; " + blocker.message + " [" + std::string(blocker.id) + "]: " + blocker.command;
  }
  return kube::printable(out);
}

std::string signature(const StatusReport& report) {
  std::string out = std::string(to_string(report.verdict)) + std::to_string(report.desired) + " " +
                    std::to_string(report.partition) + report.current.name + " " +
                    report.update.name;
  for (const PodRow& pod : report.pods) {
    out += "\n" + pod.name + " " + pod.status + " " + pod.revision + " " + pod.node + " " +
           std::to_string(pod.ready_containers) + " " + std::to_string(pod.restarts) +
           (pod.available ? " available" : "") + (pod.ready ? " ready" : "");
    for (const ClaimCell& claim : pod.claims) out += " " + claim.name + " " + claim.phase;
  }
  for (const Blocker& blocker : report.blockers) {
    out += "\n" + std::string(blocker.id) + " " + blocker.object;
  }
  out += "\n" + std::to_string(report.waits_for.size());
  for (const std::string& note : report.notes) out += "\n" + note;
  return out;
}

std::string json_line(const StatusReport& report) {
  using Json = nlohmann::ordered_json;
  return status_document({{report}}).dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace sts::rollout
