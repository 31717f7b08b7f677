#include "kube/api/json_text.h"

#include "kube/api/resource.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace sts::kube {
namespace {

using Json = nlohmann::json;

Json parse(std::string_view text) { return Json::parse(text, nullptr, false); }

// Discarded where it is no object or lacks the key: find() of either then finds nothing.
Json member(const Json& object, const char* key) {
  if (!object.is_object()) return Json::value_t::discarded;
  const auto found = object.find(key);
  return found == object.end() ? Json(Json::value_t::discarded) : *found;
}

std::string text_of(const Json& object, const char* key) {
  const Json value = member(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

Result<std::string> written(const Json& json) {
  try {
    return json.dump();
  } catch (const Json::exception&) {
    return fail("the patch is not valid UTF-8");
  }
}

Json preconditions(const Preconditions& only_if) {
  Json json = Json::object();
  if (!only_if.uid.empty()) json["uid"] = only_if.uid;
  if (!only_if.resource_version.empty()) json["resourceVersion"] = only_if.resource_version;
  return json;
}

}  // namespace

Result<std::string> guarded_merge_patch(std::string patch, const Preconditions& only_if) {
  const Json wanted = preconditions(only_if);
  if (wanted.empty()) return patch;
  Json json = parse(patch);
  if (!json.is_object()) return fail("the patch is no JSON object");
  Json& metadata = json["metadata"];
  if (metadata.is_null()) metadata = Json::object();
  if (!metadata.is_object()) return fail("the patch's metadata is no JSON object");
  metadata.update(wanted);
  return written(json);
}

Result<std::string> guarded_json_patch(std::string patch, const Preconditions& only_if) {
  const Json wanted = preconditions(only_if);
  if (wanted.empty()) return patch;
  const Json json = parse(patch);
  if (!json.is_array()) return fail("the patch is no JSON array");
  Json guarded = Json::array();
  for (const auto& [key, value] : wanted.items()) {
    guarded.push_back({{"op", "test"}, {"path", "/metadata/" + key}, {"value", value}});
  }
  for (const Json& operation : json) guarded.push_back(operation);
  return written(guarded);
}

std::string delete_options_text(const DeleteOptions& options) {
  Json json = {{"apiVersion", "v1"}, {"kind", "DeleteOptions"}};
  if (options.write.dry_run) json["dryRun"] = Json::array({"All"});
  if (options.grace_period) json["gracePeriodSeconds"] = options.grace_period->count();
  Json only_if = preconditions(options.only_if);
  if (!only_if.empty()) json["preconditions"] = std::move(only_if);
  switch (options.propagation) {
    case Propagation::kDefault:
      break;
    case Propagation::kBackground:
      json["propagationPolicy"] = "Background";
      break;
    case Propagation::kForeground:
      json["propagationPolicy"] = "Foreground";
      break;
    case Propagation::kOrphan:
      json["propagationPolicy"] = "Orphan";
      break;
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string access_review_text(const Access& access) {
  Json attributes = {{"verb", access.verb}};
  if (access.resource != nullptr) {
    attributes["group"] = access.resource->group;
    attributes["resource"] = access.resource->plural;
    if (access.resource->namespaced && !access.ns.empty()) attributes["namespace"] = access.ns;
  }
  if (!access.subresource.empty()) attributes["subresource"] = access.subresource;
  if (!access.name.empty()) attributes["name"] = access.name;
  const Json json = {{"apiVersion", "authorization.k8s.io/v1"},
                     {"kind", "SelfSubjectAccessReview"},
                     {"spec", {{"resourceAttributes", std::move(attributes)}}}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<AccessAnswer> read_access_answer(std::string_view text) {
  const Json status = member(parse(text), "status");
  const Json allowed = member(status, "allowed");
  if (!allowed.is_boolean()) return std::nullopt;
  return AccessAnswer{allowed.get<bool>(), text_of(status, "reason")};
}

std::optional<std::string> read_git_version(std::string_view text) {
  std::string version = text_of(parse(text), "gitVersion");
  if (version.empty()) return std::nullopt;
  return version;
}

std::optional<Envelope> read_envelope(std::string_view text) {
  const Json json = parse(text);
  if (!json.is_object()) return std::nullopt;
  const Json metadata = member(json, "metadata");
  return Envelope{text_of(json, "kind"), text_of(json, "type"),
                  text_of(metadata, "resourceVersion"), text_of(metadata, "continue")};
}

}  // namespace sts::kube
