#include "kube/api/errors.h"

#include "kube/api/status_object.h"
#include "kube/text/printable.h"

#include <algorithm>
#include <charconv>

namespace sts::kube {
namespace {

using std::string;

// kubectl get statefulsets.apps web -n prod
string kubectl(const Attempt& attempt, const string& verb, bool named) {
  string command = "kubectl " + verb + " " + attempt.resource;
  if (named && !attempt.name.empty()) command += " " + attempt.name;
  if (!attempt.ns.empty()) command += " -n " + attempt.ns;
  return printable(command);
}

string can_i(const Attempt& attempt) {
  string command = "kubectl auth can-i " + attempt.verb + " " + attempt.resource;
  if (!attempt.subresource.empty()) command += " --subresource=" + attempt.subresource;
  if (!attempt.ns.empty()) {
    command += " -n " + attempt.ns;
  } else {
    command += " -A";
  }
  return printable(command);
}

string what(const Attempt& attempt) {
  string text = attempt.verb + " " + attempt.resource;
  if (!attempt.subresource.empty()) text += "/" + attempt.subresource;
  if (!attempt.name.empty()) text += " \"" + attempt.name + "\"";
  return printable(text);
}

// A status that came without a Status object, from a proxy or a dying server (apimachinery v0.34,
// api/errors, NewGenericServerResponse).
StatusObject generic(const Attempt& attempt, int code, std::string_view body) {
  StatusObject status;
  status.code = code;
  switch (code) {
    case 400:
      status.reason = "BadRequest";
      status.message = "the server rejected our request for an unknown reason";
      break;
    case 401:
      status.reason = "Unauthorized";
      status.message = "the server has asked for the client to provide credentials";
      break;
    case 403:
      status.reason = "Forbidden";
      status.message = "the server does not allow access to the requested resource";
      break;
    case 404:
      status.reason = "NotFound";
      status.message = "the server could not find the requested resource";
      break;
    case 405:
      status.reason = "MethodNotAllowed";
      status.message = "the server does not allow this method on the requested resource";
      break;
    case 409:
      status.reason = attempt.method == Method::kPost ? "AlreadyExists" : "Conflict";
      status.message = "the server reported a conflict";
      break;
    case 410:
      status.reason = "Expired";
      status.message = "the requested resource version is no longer available";
      break;
    case 422:
      status.reason = "Invalid";
      status.message = "the server rejected our request due to an error in our request";
      break;
    case 429:
      status.reason = "TooManyRequests";
      status.message =
          "the server has received too many requests and has asked us to try again later";
      break;
    case 503:
      status.reason = "ServiceUnavailable";
      status.message = "the server is currently unable to handle the request";
      break;
    case 504:
      status.reason = "Timeout";
      status.message =
          "the server was unable to return a response in the time allotted, but may still be "
          "processing the request";
      break;
    default:
      if (code >= 500) status.reason = "InternalError";
      status.message =
          "the server answered with HTTP status " + std::to_string(code) + " and no explanation";
  }
  constexpr std::size_t kShown = 120;
  if (code >= 500 && code != 503 && code != 504) {
    // client-go: an error on the server ("…") has prevented the request from succeeding
    string shown(body.substr(0, kShown));
    if (body.size() > kShown) shown += "…";
    status.message = "an error on the server (\"" + (shown.empty() ? "unknown" : shown) +
                     "\") has prevented the request from succeeding";
  }
  const string named = attempt.name.empty() ? "" : " " + attempt.name;
  status.message += " (" + string(to_string(attempt.method)) + " " + attempt.resource + named + ")";
  return status;
}

ApiErrorKind kind_of(const Attempt& attempt, const StatusObject& status) {
  switch (status.code) {
    case 400:
      return ApiErrorKind::kBadRequest;
    case 401:
      return ApiErrorKind::kUnauthorized;
    case 403:
      return ApiErrorKind::kForbidden;
    case 404:
      // An object that is missing is named; a kind that is missing has no details.
      return attempt.name.empty() || status.name.empty() ? ApiErrorKind::kNoSuchResource
                                                         : ApiErrorKind::kNotFound;
    case 409:
      return status.reason == "AlreadyExists" ? ApiErrorKind::kAlreadyExists
                                              : ApiErrorKind::kConflict;
    case 410:
      return ApiErrorKind::kExpired;
    case 422:
      // A patch that names another uid (kube-apiserver 1.37.1): the precondition does not hold.
      return std::any_of(status.causes.begin(), status.causes.end(),
                         [](const auto& cause) { return cause.field == "metadata.uid"; })
                 ? ApiErrorKind::kConflict
                 : ApiErrorKind::kInvalid;
    case 429:
      return ApiErrorKind::kTooManyRequests;
    default:
      return ApiErrorKind::kServer;
  }
}

string next_step(const Attempt& attempt, const StatusObject& status, const ApiError& error) {
  const auto says = [&](const char* words) { return status.message.find(words) != string::npos; };
  const string again = error.retry_after
                           ? "try again in " + std::to_string(error.retry_after->count()) + " s"
                           : "try again later";
  switch (error.kind) {
    case ApiErrorKind::kUnauthorized:
      return "the server did not accept this user's credentials: log in again, and check with: "
             "kubectl auth whoami";
    case ApiErrorKind::kForbidden:
      // Also what admission answers: quota, policies, namespaces that are being deleted.
      if (says("exceeded quota")) {
        return "free some of the quota or ask for more: kubectl describe resourcequotas" +
               (attempt.ns.empty() ? "" : printable(" -n " + attempt.ns));
      }
      return "ask for this permission, and check with: " + can_i(attempt);
    case ApiErrorKind::kNotFound:
      return "see what is there: " + kubectl(attempt, "get", false);
    case ApiErrorKind::kNoSuchResource:
      return "this server does not serve " + printable(attempt.resource) +
             ": see what it serves with kubectl api-resources, and check the path in the server's "
             "URL with kubectl config view --minify";
    case ApiErrorKind::kAlreadyExists:
      return "look at the one that is there: " + kubectl(attempt, "get", true);
    case ApiErrorKind::kConflict:
      return "it was changed meanwhile: look at it, then run the command again: " +
             kubectl(attempt, "get", true);
    case ApiErrorKind::kExpired:
      return "run the command again";
    case ApiErrorKind::kInvalid:
    case ApiErrorKind::kBadRequest:
      return "change what the server names, then run the command again";
    case ApiErrorKind::kTooManyRequests:
      if (says("disruption budget")) {
        return "a PodDisruptionBudget forbids it for now: kubectl get poddisruptionbudgets" +
               (attempt.ns.empty() ? "" : printable(" -n " + attempt.ns));
      }
      return "the server is overloaded: " + again;
    default:
      break;
  }
  if (says("failed calling webhook")) {
    return "an admission webhook does not work: kubectl get validatingwebhookconfigurations,"
           "mutatingwebhookconfigurations";
  }
  if (status.code >= 300 && status.code < 400) {
    return "this is no API server, or one behind a login page: check the server's URL with kubectl "
           "config view --minify";
  }
  return again + "; the server's own state: kubectl get --raw '/readyz?verbose'";
}

// kubectl v0.34, pkg/cmd/util/helpers.go, checkErr and StandardErrorMessage.
string message_of(const StatusObject& status, const std::vector<string>& causes) {
  if (status.reason == "Unauthorized") {
    return "error: You must be logged in to the server (Unauthorized)";
  }
  if (status.reason == "Invalid" && (!status.kind.empty() || !status.name.empty())) {
    string text = "The " + status.kind + " \"" + status.name + "\" is invalid";
    return printable(causes.size() == 1 ? text + ": " + causes.front() : text);
  }
  if (status.reason.empty()) return "Error from server: " + printable(status.message);
  return printable("Error from server (" + status.reason + "): " + status.message);
}

ApiError from_status(Attempt attempt, const StatusObject& status,
                     std::optional<std::chrono::seconds> retry_after) {
  if (attempt.method == Method::kPost && attempt.name.empty()) attempt.name = status.name;
  ApiError error;
  error.kind = kind_of(attempt, status);
  error.status = status.code;
  error.reason = printable(status.reason);
  error.retry_after = retry_after;
  if (status.reason == "Invalid") {
    for (const auto& cause : status.causes) {
      error.causes.push_back(
          printable(cause.field.empty() ? cause.message : cause.field + ": " + cause.message));
    }
  }
  error.message = message_of(status, error.causes);
  if (error.causes.size() == 1) error.causes.clear();  // it is in the message
  error.next_step = next_step(attempt, status, error);
  return error;
}

std::optional<std::chrono::seconds> retry_after_of(const ResponseHead& head) {
  // client-go reads whole seconds only. More than an hour is nothing to wait for.
  constexpr int kMost = 3600;
  const std::string_view text = head.header("Retry-After");
  int seconds = 0;
  const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || code != std::errc() || stop != text.data() + text.size() || seconds < 0) {
    return std::nullopt;
  }
  return std::chrono::seconds(std::min(seconds, kMost));
}

string step_after(const Attempt& attempt, FaultKind kind) {
  const string host = printable(attempt.host);
  const string shown = "kubectl config view --minify";
  switch (kind) {
    case FaultKind::kRefused:
      return "check that an API server runs at " + host +
             ", and that this is the cluster you mean: " + shown;
    case FaultKind::kResolve:
      return "check the server's name (" + shown + ") and whether its network or VPN is up";
    case FaultKind::kUnreachable:
      return "check the network, VPN or firewall between here and " + host;
    case FaultKind::kConnectTimeout:
      return "check the network, VPN or firewall between here and " + host +
             ", and whether the server hangs";
    case FaultKind::kUnknownAuthority:
      return "the certificate of " + host +
             " is signed by none that this kubeconfig trusts: take the cluster's current CA "
             "(certificate-authority-data, --certificate-authority), or check that this is the "
             "cluster you mean: " +
             shown;
    case FaultKind::kExpired:
      return "renew the certificate of " + host +
             " (kubeadm certs check-expiration), or set this "
             "machine's clock right";
    case FaultKind::kWrongHost:
      return "use a name that the certificate of " + host +
             " has, or name it with "
             "--tls-server-name";
    case FaultKind::kBadCertificate:
      return "check the certificates and keys of this cluster and user: " + shown;
    case FaultKind::kTls:
      return "check that " + host +
             " is the API server's HTTPS port, and that the client "
             "certificate, if there is one, is valid and this cluster's: " +
             shown;
    case FaultKind::kProxy:
      return "check the proxy: proxy-url in the kubeconfig, else HTTPS_PROXY and NO_PROXY";
    case FaultKind::kClosed:
    case FaultKind::kLost:
      return "run the command again; if it happens again, look at the API server's log and at what "
             "stands between here and " +
             host;
    case FaultKind::kMalformed:
      return "check that " + host + " is an API server: " + shown;
    case FaultKind::kCredentials:
      return "check this user's credentials: " + shown;
    case FaultKind::kOther:
      break;
  }
  return "run the command again; if it happens again, check the connection with: kubectl version";
}

}  // namespace

Error ApiError::to_error() const {
  string text = message;
  for (const string& cause : causes) text += "\n* " + cause;
  if (!next_step.empty()) text += "\n  fix: " + next_step;
  return Error{text};
}

ApiError error_from_response(const Attempt& attempt, const ResponseHead& head,
                             std::string_view body) {
  auto status = read_status(body);
  if (!status) status = generic(attempt, head.status, body);
  status->code = head.status;
  auto wait = retry_after_of(head);
  if (!wait && status->retry_after_seconds)
    wait = std::chrono::seconds(*status->retry_after_seconds);
  return from_status(attempt, *status, wait);
}

ApiError error_from_status(const Attempt& attempt, std::string_view status_json) {
  const auto status = read_status(status_json);
  if (!status) return malformed(attempt, "an error event holds no Status");
  return from_status(attempt, *status, std::nullopt);
}

ApiError error_from_fault(const Attempt& attempt, const Fault& fault) {
  ApiError error;
  error.kind = ApiErrorKind::kFault;
  error.fault = fault.kind;
  const string detail = printable(fault.detail);
  if (fault.kind == FaultKind::kRefused) {
    error.message = "The connection to the server " + printable(attempt.host) +
                    " was refused - did you specify the right host or port?";
  } else if (fault.kind == FaultKind::kCredentials || fault.kind == FaultKind::kBadCertificate) {
    error.message = "error: " + detail;
  } else if (fault.kind == FaultKind::kClosed || fault.kind == FaultKind::kLost) {
    error.message = "error: the connection to the server " + printable(attempt.host) + " broke (" +
                    what(attempt) + "): " + detail;
  } else {
    error.message = "Unable to connect to the server: " + detail;
  }
  error.next_step = step_after(attempt, fault.kind);
  return error;
}

ApiError timed_out(const Attempt& attempt, std::chrono::milliseconds after,
                   std::string_view waited) {
  ApiError error;
  error.kind = ApiErrorKind::kTimedOut;
  const auto ms = after.count();
  string time = std::to_string(ms / 1000);
  if (ms % 1000 != 0) {
    string digits = std::to_string(1000 + ms % 1000).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    time += "." + digits;
  }
  error.message = "error: " + printable(attempt.host) + " sent no " + string(waited) + " within " +
                  time + " s (" + what(attempt) + ")";
  error.next_step =
      "run the command again, where the server is slow with a longer "
      "--request-timeout; its own state: kubectl get --raw '/readyz?verbose'";
  return error;
}

ApiError malformed(const Attempt& attempt, std::string_view what_is_wrong) {
  ApiError error;
  error.kind = ApiErrorKind::kMalformed;
  error.message = "error: the answer of " + printable(attempt.host) + " cannot be read (" +
                  what(attempt) + "): " + printable(what_is_wrong);
  error.next_step =
      "run the command again; if it happens again, look at what stands between here "
      "and the server: a proxy may cut or change answers";
  return error;
}

ApiError interrupted() {
  ApiError error;
  error.kind = ApiErrorKind::kInterrupted;
  error.message = "interrupted";
  return error;
}

}  // namespace sts::kube
