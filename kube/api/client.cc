#include "kube/api/client.h"

#include "kube/api/buffered.h"
#include "kube/api/json_text.h"

#include <utility>

namespace sts::kube {
namespace {

Attempt attempt_of(std::string verb, const Resource& resource, std::string_view ns,
                   std::string_view name, std::string_view subresource) {
  Attempt attempt;
  attempt.verb = std::move(verb);
  attempt.resource = group_resource(resource);
  attempt.subresource = subresource;
  if (resource.namespaced) attempt.ns = ns;
  attempt.name = name;
  return attempt;
}

Attempt attempt_of_path(std::string verb, std::string path) {
  Attempt attempt;
  attempt.verb = std::move(verb);
  attempt.resource = std::move(path);
  return attempt;
}

ApiResult<Fetched> fetched(const Attempt& attempt, std::string body) {
  auto meta = read_meta(body);
  if (!meta) return tl::unexpected<ApiError>(malformed(attempt, "it is no complete JSON object"));
  return Fetched{std::move(body), std::move(*meta)};
}

ApiError not_sendable(const std::string& why) {
  ApiError error;
  error.kind = ApiErrorKind::kBadRequest;
  error.message = "error: " + why;
  error.next_step = "this is a fault of kubectl-sts: report it";
  return error;
}

// client-go v0.34, rest/request.go, URL and Name.
std::optional<ApiError> wrong_target(const Resource& resource, std::string_view ns,
                                     std::string_view name) {
  if (name.empty()) return not_sendable("resource name may not be empty");
  if (resource.namespaced && ns.empty()) {
    return not_sendable("an empty namespace may not be set when a resource name is provided");
  }
  return std::nullopt;
}

void add_write_options(Request& request, const WriteOptions& options) {
  if (options.dry_run) request.query.emplace_back("dryRun", "All");
  if (!options.field_manager.empty()) {
    request.query.emplace_back("fieldManager", options.field_manager);
  }
}

Request with_body(Request request, std::string body, std::string type = "application/json") {
  request.body = std::move(body);
  request.headers.push_back({"Content-Type", std::move(type)});
  return request;
}

const char* content_type(PatchType type) {
  switch (type) {
    case PatchType::kMerge:
      return "application/merge-patch+json";
    case PatchType::kJson:
      return "application/json-patch+json";
    case PatchType::kStrategic:
      return "application/strategic-merge-patch+json";
    case PatchType::kApply:
      return "application/apply-patch+yaml";  // JSON is YAML
  }
  return "";
}

}  // namespace

Request json_request(Method method, std::string path) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  request.headers.push_back({"Accept", "application/json"});
  return request;
}

Client::Client(Transport& transport, Loop& loop, ClientOptions options)
    : transport_(transport), loop_(loop), options_(std::move(options)) {}

Pending<Fetched> Client::get(const Resource& resource, std::string_view ns, std::string_view name,
                             std::string_view subresource) {
  using Sent = Buffered<Fetched>;
  if (auto wrong = wrong_target(resource, ns, name)) return Sent::refuse(std::move(*wrong));
  return Sent::begin(
      *this, {attempt_of("get", resource, ns, name, subresource),
              json_request(Method::kGet, path_of(resource, ns, name, subresource)), fetched});
}

Pending<Fetched> Client::create(const Resource& resource, std::string_view ns, std::string json,
                                const WriteOptions& options, std::string_view name,
                                std::string_view subresource) {
  Request request = with_body(json_request(Method::kPost, path_of(resource, ns, name, subresource)),
                              std::move(json));
  add_write_options(request, options);
  return Buffered<Fetched>::begin(
      *this, {attempt_of("create", resource, ns, name, subresource), std::move(request), fetched});
}

Pending<Fetched> Client::replace(const Resource& resource, std::string_view ns,
                                 std::string_view name, std::string json,
                                 const WriteOptions& options, std::string_view subresource) {
  using Sent = Buffered<Fetched>;
  if (auto wrong = wrong_target(resource, ns, name)) return Sent::refuse(std::move(*wrong));
  Request request = with_body(json_request(Method::kPut, path_of(resource, ns, name, subresource)),
                              std::move(json));
  add_write_options(request, options);
  return Sent::begin(
      *this, {attempt_of("update", resource, ns, name, subresource), std::move(request), fetched});
}

Pending<Fetched> Client::patch(const Resource& resource, std::string_view ns, std::string_view name,
                               PatchType type, std::string patch, const PatchOptions& options) {
  using Sent = Buffered<Fetched>;
  if (auto wrong = wrong_target(resource, ns, name)) return Sent::refuse(std::move(*wrong));
  auto guarded = type == PatchType::kJson ? guarded_json_patch(std::move(patch), options.only_if)
                                          : guarded_merge_patch(std::move(patch), options.only_if);
  if (!guarded) return Sent::refuse(not_sendable(guarded.error().message));
  Request request =
      with_body(json_request(Method::kPatch, path_of(resource, ns, name, options.subresource)),
                std::move(*guarded), content_type(type));
  add_write_options(request, options.write);
  if (options.force) request.query.emplace_back("force", "true");
  return Sent::begin(*this, {attempt_of("patch", resource, ns, name, options.subresource),
                             std::move(request), fetched});
}

Pending<Fetched> Client::remove(const Resource& resource, std::string_view ns,
                                std::string_view name, const DeleteOptions& options) {
  using Sent = Buffered<Fetched>;
  if (auto wrong = wrong_target(resource, ns, name)) return Sent::refuse(std::move(*wrong));
  Request request = with_body(json_request(Method::kDelete, path_of(resource, ns, name)),
                              delete_options_text(options));
  return Sent::begin(*this,
                     {attempt_of("delete", resource, ns, name, {}), std::move(request), fetched});
}

Pending<AccessAnswer> Client::can_i(const Access& access) {
  Request request = with_body(
      json_request(Method::kPost, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"),
      access_review_text(access));
  request.read_only = true;
  const auto understand = [](const Attempt& attempt,
                             const std::string& body) -> ApiResult<AccessAnswer> {
    if (auto answer = read_access_answer(body)) return std::move(*answer);
    return tl::unexpected<ApiError>(malformed(attempt, "it is no SelfSubjectAccessReview"));
  };
  return Buffered<AccessAnswer>::begin(
      *this, {attempt_of_path("create", "selfsubjectaccessreviews.authorization.k8s.io"),
              std::move(request), understand});
}

Pending<ServerVersion> Client::server_version() {
  const auto understand = [](const Attempt& attempt,
                             const std::string& body) -> ApiResult<ServerVersion> {
    const auto text = read_git_version(body);
    const auto version = text ? parse_version(*text) : std::nullopt;
    if (version) return ServerVersion{*version, *text};
    return tl::unexpected<ApiError>(malformed(attempt, "it names no version"));
  };
  return Buffered<ServerVersion>::begin(
      *this,
      {attempt_of_path("get", "/version"), json_request(Method::kGet, "/version"), understand});
}

Pending<std::string> Client::logs(std::string_view ns, std::string_view pod,
                                  const LogOptions& options) {
  using Sent = Buffered<std::string>;
  if (auto wrong = wrong_target(kPods, ns, pod)) return Sent::refuse(std::move(*wrong));
  Request request;
  request.path = path_of(kPods, ns, pod, "log");
  // Errors come as Status objects whatever is asked for.
  request.headers.push_back({"Accept", "application/json, */*"});
  if (!options.container.empty()) request.query.emplace_back("container", options.container);
  request.query.emplace_back("limitBytes", std::to_string(options.most_bytes));
  if (options.previous) request.query.emplace_back("previous", "true");
  request.query.emplace_back("tailLines", std::to_string(options.tail_lines));
  const auto understand = [](const Attempt&, std::string body) -> ApiResult<std::string> {
    return body;
  };
  return Sent::begin(*this, {attempt_of("get", kPods, ns, pod, "log"), std::move(request),
                             understand, options.most_bytes, true});
}

Pending<std::string> Client::raw(std::string path) {
  Request request;
  request.headers.push_back({"Accept", "application/json, */*"});
  request.path = path;
  const auto understand = [](const Attempt&, std::string body) -> ApiResult<std::string> {
    return body;
  };
  return Buffered<std::string>::begin(
      *this, {attempt_of_path("get", std::move(path)), std::move(request), understand});
}

}  // namespace sts::kube
