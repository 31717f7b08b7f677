#include "kube/api/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace sts::kube {
namespace {

using testing::IsEmpty;

Attempt attempt(const std::string& verb, const std::string& name = "web") {
  Attempt attempt;
  attempt.verb = verb;
  attempt.resource = "statefulsets.apps";
  attempt.ns = "prod";
  attempt.name = name;
  attempt.host = "10.0.0.1:6443";
  return attempt;
}

ApiError answered(int status, const std::string& body, std::vector<Header> headers = {},
                  const Attempt& to = attempt("get")) {
  return error_from_response(to, {status, std::move(headers)}, body);
}

std::string text(const ApiError& error) { return error.to_error().message; }

// What kube-apiserver 1.34 answered, shortened.
constexpr char kNotFound[] = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
  "message":"statefulsets.apps \"web\" not found","reason":"NotFound",
  "details":{"name":"web","group":"apps","kind":"statefulsets"},"code":404})";
constexpr char kForbidden[] =
    R"({"kind":"Status","status":"Failure","reason":"Forbidden","code":403,
  "message":"statefulsets.apps \"web\" is forbidden: User \"jane\" cannot get resource \"statefulsets\" in API group \"apps\" in the namespace \"prod\"",
  "details":{"name":"web","group":"apps","kind":"statefulsets"}})";

TEST(ErrorFromResponse, SpeaksAsKubectlAndNamesTheNextStep) {
  EXPECT_EQ(text(answered(404, kNotFound)),
            "Error from server (NotFound): statefulsets.apps \"web\" not found\n"
            "  fix: see what is there: kubectl get statefulsets.apps -n prod");
  EXPECT_EQ(text(answered(403, kForbidden)),
            "Error from server (Forbidden): statefulsets.apps \"web\" is forbidden: User \"jane\" "
            "cannot get resource \"statefulsets\" in API group \"apps\" in the namespace \"prod\"\n"
            "  fix: ask for this permission, and check with: kubectl auth can-i get "
            "statefulsets.apps -n prod");
  EXPECT_EQ(
      text(answered(401, R"({"kind":"Status","message":"Unauthorized","reason":"Unauthorized"})")),
      "error: You must be logged in to the server (Unauthorized)\n"
      "  fix: the server did not accept this user's credentials: log in again, and check "
      "with: kubectl auth whoami");
  EXPECT_EQ(text(answered(409, R"({"kind":"Status","reason":"Conflict","code":409,
      "message":"Operation cannot be fulfilled on statefulsets.apps \"web\": the object has been modified"})")),
            "Error from server (Conflict): Operation cannot be fulfilled on statefulsets.apps "
            "\"web\": the object has been modified\n"
            "  fix: it was changed meanwhile: look at it, then run the command again: kubectl get "
            "statefulsets.apps web -n prod");
  EXPECT_EQ(text(answered(500, R"({"kind":"Status","reason":"InternalError","message":
      "Internal error occurred: failed calling webhook \"v.example.com\": no endpoints available"})")),
            "Error from server (InternalError): Internal error occurred: failed calling webhook "
            "\"v.example.com\": no endpoints available\n"
            "  fix: an admission webhook does not work: kubectl get "
            "validatingwebhookconfigurations,mutatingwebhookconfigurations");
}

TEST(ErrorFromResponse, TellsKindsApart) {
  EXPECT_EQ(answered(404, kNotFound).kind, ApiErrorKind::kNotFound);
  EXPECT_EQ(answered(404, "404 page not found").kind, ApiErrorKind::kNoSuchResource);
  EXPECT_EQ(answered(404, kNotFound, {}, attempt("list", "")).kind, ApiErrorKind::kNoSuchResource);
  EXPECT_EQ(answered(409, R"({"kind":"Status","reason":"AlreadyExists"})").kind,
            ApiErrorKind::kAlreadyExists);
  EXPECT_EQ(answered(409, R"({"kind":"Status","reason":"Conflict"})").kind,
            ApiErrorKind::kConflict);
  EXPECT_EQ(answered(410, R"({"kind":"Status","reason":"Expired"})").kind, ApiErrorKind::kExpired);
  EXPECT_EQ(answered(418, "").kind, ApiErrorKind::kServer);
}

TEST(ErrorFromResponse, AnInvalidObjectNamesItsFields) {
  const std::string head = R"({"kind":"Status","reason":"Invalid","code":422,"message":"long",
      "details":{"name":"web","group":"apps","kind":"StatefulSet","causes":[)";
  const std::string cause =
      R"({"reason":"FieldValueForbidden","message":"Forbidden: no","field":"spec"})";
  const ApiError one = answered(422, head + cause + "]}}");
  EXPECT_EQ(one.message, "The StatefulSet \"web\" is invalid: spec: Forbidden: no");
  EXPECT_THAT(one.causes, IsEmpty());
  const ApiError two = answered(422, head + cause + "," + cause + "]}}");
  EXPECT_EQ(text(two),
            "The StatefulSet \"web\" is invalid\n* spec: Forbidden: no\n* spec: Forbidden: no\n"
            "  fix: change what the server names, then run the command again");
}

TEST(ErrorFromResponse, AUidThatIsAnothersIsAConflict) {
  const ApiError error = answered(422, R"({"kind":"Status","reason":"Invalid","code":422,
      "details":{"name":"a","kind":"ConfigMap","causes":[{"reason":"FieldValueInvalid",
      "message":"Invalid value: \"x\": field is immutable","field":"metadata.uid"}]}})");
  EXPECT_EQ(error.kind, ApiErrorKind::kConflict);
  EXPECT_EQ(
      error.message,
      "The ConfigMap \"a\" is invalid: metadata.uid: Invalid value: \"x\": field is immutable");
}

TEST(ErrorFromResponse, WithoutAStatusItSaysWhatTheCodeMeans) {
  EXPECT_EQ(answered(502, "<html>Bad\nGateway").message,
            "Error from server (InternalError): an error on the server (\"<html>Bad\\nGateway\") "
            "has prevented the request from succeeding (GET statefulsets.apps web)");
  EXPECT_EQ(answered(503, "no").message,
            "Error from server (ServiceUnavailable): the server is currently unable to handle the "
            "request (GET statefulsets.apps web)");
  EXPECT_EQ(text(answered(302, "")),
            "Error from server: the server answered with HTTP status 302 and no explanation (GET "
            "statefulsets.apps web)\n"
            "  fix: this is no API server, or one behind a login page: check the server's URL with "
            "kubectl config view --minify");
}

TEST(ErrorFromResponse, ReadsHowLongToWait) {
  EXPECT_EQ(answered(429, "", {{"retry-after", "7"}}).retry_after, std::chrono::seconds(7));
  EXPECT_EQ(answered(429, "", {{"Retry-After", "7"}}).next_step,
            "the server is overloaded: try again in 7 s");
  EXPECT_EQ(answered(429, "", {{"Retry-After", "Wed, 21 Oct"}}).retry_after, std::nullopt);
  EXPECT_EQ(answered(429, "", {{"Retry-After", "-1"}}).retry_after, std::nullopt);
  EXPECT_EQ(answered(503, "", {{"Retry-After", "999999"}}).retry_after, std::chrono::hours(1));
  EXPECT_EQ(answered(429, R"({"kind":"Status","details":{"retryAfterSeconds":3}})").retry_after,
            std::chrono::seconds(3));
}

TEST(ErrorFromResponse, TheServersWordsCannotDriveATerminal) {
  const ApiError error =
      answered(403, R"({"kind":"Status","reason":"For\u001b[2Jbidden","message":"a\nb\u202e"})");
  EXPECT_EQ(error.message, "Error from server (For\\x1b[2Jbidden): a\\nb\\u202e");
}

TEST(ErrorFromFault, SpeaksAsKubectl) {
  const auto message = [](FaultKind kind, const std::string& detail) {
    return error_from_fault(attempt("get"), {kind, detail}).message;
  };
  EXPECT_EQ(message(FaultKind::kRefused, "dial tcp 10.0.0.1:6443: connect: connection refused"),
            "The connection to the server 10.0.0.1:6443 was refused - did you specify the right "
            "host or port?");
  EXPECT_EQ(message(FaultKind::kResolve, "dial tcp: lookup x: no such host"),
            "Unable to connect to the server: dial tcp: lookup x: no such host");
  EXPECT_EQ(message(FaultKind::kClosed, "unexpected EOF"),
            "error: the connection to the server 10.0.0.1:6443 broke (get statefulsets.apps "
            "\"web\"): unexpected EOF");
  EXPECT_EQ(message(FaultKind::kCredentials, "the plugin failed"), "error: the plugin failed");
}

TEST(ErrorFromFault, EveryKindNamesANextStep) {
  for (int kind = 0; kind <= static_cast<int>(FaultKind::kOther); ++kind) {
    const ApiError error = error_from_fault(attempt("get"), {static_cast<FaultKind>(kind), "x"});
    EXPECT_FALSE(error.next_step.empty()) << kind;
    EXPECT_EQ(error.kind, ApiErrorKind::kFault);
  }
}

TEST(TimedOut, SaysForWhatAndHowLong) {
  EXPECT_EQ(timed_out(attempt("list", ""), std::chrono::milliseconds(1500), "response").message,
            "error: 10.0.0.1:6443 sent no response within 1.5 s (list statefulsets.apps)");
  EXPECT_EQ(
      timed_out(attempt("list", ""), std::chrono::seconds(65), "more of its response").message,
      "error: 10.0.0.1:6443 sent no more of its response within 65 s (list "
      "statefulsets.apps)");
}

TEST(ErrorFromStatus, ReadsAWatchsError) {
  EXPECT_EQ(error_from_status(attempt("watch", ""), R"({"kind":"Status","code":410,
      "reason":"Expired","message":"too old resource version"})")
                .kind,
            ApiErrorKind::kExpired);
  EXPECT_EQ(error_from_status(attempt("watch", ""), "{}").kind, ApiErrorKind::kMalformed);
}

}  // namespace
}  // namespace sts::kube
