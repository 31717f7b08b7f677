#include "rollout/status/report/document.h"

#include <nlohmann/json.hpp>

namespace sts::rollout {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kApiVersion = "status.kubectl-sts/v1";

template <typename T>
Json optional(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json seconds(const std::optional<std::chrono::seconds>& value) {
  return value ? Json(value->count()) : Json(nullptr);
}

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

Json revision(const Revision& value) {
  return {{"name", text_or_null(value.name)}, {"number", optional(value.number)}};
}

Json claim(const ClaimCell& value) {
  return {{"name", value.name},
          {"phase", text_or_null(value.phase)},
          {"volume", text_or_null(value.volume)},
          {"capacity", text_or_null(value.capacity)}};
}

Json pod(const PodRow& row) {
  Json json;
  json["ordinal"] = row.ordinal;
  json["name"] = row.name;
  json["exists"] = row.exists;
  json["inRange"] = !row.condemned;
  json["foreign"] = row.foreign;
  json["revision"] = text_or_null(row.revision);
  json["role"] = text_or_null(to_string(row.role));
  json["status"] = row.status;
  json["ready"] = row.ready;
  json["available"] = row.available;
  json["readyContainers"] = row.ready_containers;
  json["containers"] = row.containers;
  json["restarts"] = row.restarts;
  json["lastRestartSeconds"] = seconds(row.last_restart);
  json["ageSeconds"] = seconds(row.age);
  json["node"] = text_or_null(row.node);
  json["ips"] = row.ips;
  json["images"] = row.images;
  json["claims"] = Json::array();
  for (const ClaimCell& cell : row.claims) json["claims"].push_back(claim(cell));
  return json;
}

Json blocker(const Blocker& value) {
  return {{"id", value.id},           {"object", value.object},
          {"message", value.message}, {"evidence", value.evidence},
          {"wayOut", value.way_out},  {"command", value.command}};
}

Json report_json(const StatusReport& report) {
  Json json;
  json["namespace"] = report.name_space;
  json["name"] = report.name;
  json["state"] = to_string(report.verdict);
  json["podManagementPolicy"] = report.pod_management;
  json["updateStrategy"] = report.update_strategy;
  json["replicas"] = {{"desired", report.desired},
                      {"ready", report.ready},
                      {"available", report.available},
                      {"updated", report.updated},
                      {"toUpdate", report.to_update}};
  json["partition"] = report.partition;
  json["partitionLine"] = text_or_null(report.partition_line);
  json["currentRevision"] = revision(report.current);
  json["updateRevision"] = revision(report.update);
  json["ageSeconds"] = seconds(report.age);
  json["pods"] = Json::array();
  for (const PodRow& row : report.pods) json["pods"].push_back(pod(row));
  json["waitsFor"] = report.waits_for;
  json["blockers"] = Json::array();
  for (const Blocker& value : report.blockers) json["blockers"].push_back(blocker(value));
  json["hazards"] = Json::array();
  for (const Hazard& value : report.hazards) {
    json["hazards"].push_back(
        {{"id", value.id}, {"message", value.message}, {"wayOut", value.way_out}});
  }
  json["notes"] = report.notes;
  return json;
}

}  // namespace

Json status_document(const StatusOutput& output) {
  Json json;
  json["apiVersion"] = kApiVersion;
  json["kind"] = "StatusReport";
  json["sets"] = Json::array();
  for (const StatusReport& report : output.reports) json["sets"].push_back(report_json(report));
  return json;
}

}  // namespace sts::rollout
