#include "kube/api/status_object.h"

#include <nlohmann/json.hpp>

namespace sts::kube {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<int> number_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  const auto value = found->get<std::int64_t>();
  if (value < 0 || value > 1'000'000) return std::nullopt;
  return static_cast<int>(value);
}

// Destroying is not recursive in nlohmann, and find() is not either: depth is no danger here.
Json parse(std::string_view json) { return Json::parse(json, nullptr, false); }

}  // namespace

std::optional<StatusObject> read_status(std::string_view json) {
  const Json object = parse(json);
  if (!object.is_object() || text_of(object, "kind") != "Status") return std::nullopt;
  StatusObject status;
  status.code = number_of(object, "code").value_or(0);
  status.message = text_of(object, "message");
  status.reason = text_of(object, "reason");
  const auto details = object.find("details");
  if (details == object.end() || !details->is_object()) return status;
  status.kind = text_of(*details, "kind");
  status.name = text_of(*details, "name");
  status.group = text_of(*details, "group");
  status.retry_after_seconds = number_of(*details, "retryAfterSeconds");
  const auto causes = details->find("causes");
  if (causes == details->end() || !causes->is_array()) return status;
  for (const Json& cause : *causes) {
    if (!cause.is_object()) continue;
    status.causes.push_back(
        {text_of(cause, "reason"), text_of(cause, "message"), text_of(cause, "field")});
  }
  return status;
}

}  // namespace sts::kube
