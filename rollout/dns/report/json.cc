#include "rollout/dns/report/format.h"
#include "rollout/report/machine.h"

#include <nlohmann/json.hpp>

namespace sts::rollout {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kApiVersion = "dns.kubectl-sts/v1";

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

void put(Json& json, const NameVerdict& verdict) {
  json["name"] = text_or_null(verdict.name);
  json["asked"] = text_or_null(verdict.asked);
  json["resolves"] = verdict.resolves;
  json["addresses"] = verdict.addresses;
  json["alias"] = text_or_null(verdict.alias);
  json["reason"] = text_or_null(to_string(verdict.reason));
  json["why"] = text_or_null(verdict.why);
  json["wayOut"] = text_or_null(verdict.way_out);
}

Json report_json(const DnsReport& report) {
  Json json;
  json["namespace"] = report.name_space;
  json["name"] = report.set;
  json["service"] = text_or_null(report.service);
  json["clusterDomain"] = {{"name", report.domain.name},
                           {"source", to_string(report.domain.source)}};
  json["resolves"] = report.all_resolve();
  json["names"] = Json::array();
  for (const OrdinalName& name : report.names) {
    Json item = {{"ordinal", name.ordinal}, {"pod", name.pod}};
    put(item, name.verdict);
    json["names"].push_back(std::move(item));
  }
  json["references"] = Json::array();
  for (const ReferenceVerdict& reference : report.references) {
    Json item = {{"where", reference.where}};
    put(item, reference.verdict);
    json["references"].push_back(std::move(item));
  }
  json["notes"] = report.notes;
  return json;
}

}  // namespace

std::string render_dns_json(const std::vector<DnsReport>& reports, bool) {
  Json json;
  json["apiVersion"] = kApiVersion;
  json["kind"] = "DnsReport";
  json["sets"] = Json::array();
  for (const DnsReport& report : reports) json["sets"].push_back(report_json(report));
  return to_json_text(json);
}

}  // namespace sts::rollout
