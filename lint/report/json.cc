#include "lint/report/format.h"
#include "lint/rule.h"

#include <nlohmann/json.hpp>

namespace sts::lint {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kApiVersion = "lint.kubectl-sts/v1";

Json finding_json(const Finding& finding) {
  const kube::Span span = finding.place.span();
  Json json;
  json["rule"] = finding.rule->id;
  json["code"] = code_of(*finding.rule);
  json["severity"] = to_string(finding.severity);
  json["file"] = finding.place.source->name();
  json["line"] = span.begin.line;
  json["column"] = span.begin.column;
  json["endLine"] = span.end.line;
  json["endColumn"] = span.end.column;
  json["pointer"] = finding.pointer;
  json["object"] = nullptr;
  if (finding.object) {
    json["object"] = {{"kind", finding.object->kind},
                      {"namespace", finding.object->name_space},
                      {"name", finding.object->name}};
  }
  json["message"] = finding.message;
  json["fix"] = nullptr;
  if (!finding.fix.empty()) json["fix"] = finding.fix;
  json["related"] = Json::array();
  for (const Related& related : finding.related) {
    const kube::Position at = related.place.span().begin;
    json["related"].push_back({{"file", related.place.source->name()},
                               {"line", at.line},
                               {"column", at.column},
                               {"message", related.message}});
  }
  return json;
}

// JSON in a log: the runner looks for `##[` anywhere in a line, and \u005b is the same text.
std::string without_commands(std::string text) {
  for (std::size_t at = text.find("##["); at != std::string::npos; at = text.find("##[", at)) {
    text.replace(at, 3, "##\\u005b");
  }
  return text;
}

}  // namespace

std::string render_json(const LintReport& report, const Presentation&) {
  Json json;
  json["apiVersion"] = kApiVersion;
  json["kind"] = "LintReport";
  json["findings"] = Json::array();
  for (const Finding& finding : report.findings) json["findings"].push_back(finding_json(finding));
  json["summary"] = {{"errors", report.count(Severity::kError)},
                     {"warnings", report.count(Severity::kWarning)},
                     {"infos", report.count(Severity::kInfo)},
                     {"suppressed", report.suppressed},
                     {"files", report.files},
                     {"objects", report.objects}};
  // ASCII only: nothing hidden reaches a terminal, and bytes that are no UTF-8 become U+FFFD.
  return without_commands(json.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

}  // namespace sts::lint
