#pragma once

#include "kube/api/transport.h"
#include "kube/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

/// What a caller may want to decide on. The server's own reasons (metav1.StatusReason) as far as
/// they matter, then what went wrong on the way.
enum class ApiErrorKind : std::uint8_t {
  kUnauthorized,     // 401
  kForbidden,        // 403
  kNotFound,         // 404: the object
  kNoSuchResource,   // 404: the server does not know the kind at all
  kAlreadyExists,    // 409 on create
  kConflict,         // 409: changed meanwhile, or a precondition does not hold
  kExpired,          // 410: the resource version or continue token is too old
  kInvalid,          // 422
  kBadRequest,       // 400
  kTooManyRequests,  // 429, also of an eviction that a PodDisruptionBudget forbids
  kServer,           // 5xx, and any other status
  kFault,            // no answer: see ApiError::fault
  kTimedOut,         // --request-timeout, or no answer in the time that a server may take
  kMalformed,        // the answer is not what the API promises (cut JSON, HTML of a proxy)
  kInterrupted,      // the user asked to stop
};

/// Why the API server did not do it. All texts are single lines, free of secrets, and safe to
/// print: the server's words in them are escaped (kube/text/printable.h).
struct ApiError {
  ApiErrorKind kind = ApiErrorKind::kServer;
  int status = 0;                  // HTTP's, 0 where there was none
  std::optional<FaultKind> fault;  // kFault only
  std::string reason;              // the Status object's: "NotFound"
  /// What kubectl would print (kubectl/pkg/cmd/util/helpers.go, v0.34, StandardErrorMessage):
  /// "Error from server (NotFound): statefulsets.apps \"web\" not found".
  std::string message;
  std::vector<std::string> causes;  // of an invalid object: one "spec.replicas: …" each
  std::string next_step;            // what to do now, one sentence; empty for kInterrupted only
  std::optional<std::chrono::seconds> retry_after;  // the server's wish

  /// All of it, a line each, as an Error for callers that only report.
  Error to_error() const;
};

template <typename T>
using ApiResult = tl::expected<T, ApiError>;

/// What was asked for, to name in messages.
struct Attempt {
  Method method = Method::kGet;
  std::string verb;      // RBAC's: "list", "watch", "patch", …
  std::string resource;  // "statefulsets.apps", "pods"; or the path for what is no resource
  std::string subresource;
  std::string ns;  // empty: all, or not namespaced
  std::string name;
  std::string host;
};

/// An answer whose status is no success. `body` is a metav1.Status, or whatever a proxy wrote.
ApiError error_from_response(const Attempt& attempt, const ResponseHead& head,
                             std::string_view body);
/// A metav1.Status by itself, as a watch sends it in an ERROR event.
ApiError error_from_status(const Attempt& attempt, std::string_view status_json);
ApiError error_from_fault(const Attempt& attempt, const Fault& fault);
/// `waited`: for what, "a response", "the rest of the response".
ApiError timed_out(const Attempt& attempt, std::chrono::milliseconds after,
                   std::string_view waited);
/// `what`: "the list ends in the middle".
ApiError malformed(const Attempt& attempt, std::string_view what);
ApiError interrupted();

}  // namespace sts::kube
