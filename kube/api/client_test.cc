#include "kube/api/client.h"

#include "kube/api/fake_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::kube {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kPod[] = R"({"metadata":{"name":"web-0","uid":"u","resourceVersion":"7"}})";
constexpr char kPodPath[] = "GET /api/v1/namespaces/prod/pods/web-0";

class ClientTest : public testing::Test {
 protected:
  FakeTransport fake_;
  Loop loop_{fake_, fake_};
  std::vector<std::string> retries_;
  Client client_{fake_, loop_, options()};

  ClientOptions options(Milliseconds timeout = Milliseconds(0)) {
    ClientOptions options;
    options.request_timeout = timeout;
    options.retrying = [this](const ApiError& error, Milliseconds pause) {
      retries_.push_back(std::to_string(pause.count()) + " ms after " + error.message);
    };
    return options;
  }
  ApiResult<Fetched> get() { return client_.await(client_.get(kPods, "prod", "web-0")); }
  ApiError get_error() {
    auto result = get();
    EXPECT_FALSE(result);
    return result ? ApiError() : result.error();
  }
};

TEST_F(ClientTest, GetsAnObjectWhateverTheChunks) {
  const std::string pod = kPod;
  fake_.on(kPodPath,
           Script().head(200).body(pod.substr(0, 9)).pause(seconds(1)).body(pod.substr(9)).end());
  const auto result = get();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->json, kPod);
  EXPECT_EQ(result->meta.uid, "u");
  EXPECT_EQ(fake_.open(), 0U);
  ASSERT_EQ(fake_.requests().size(), 1U);
  EXPECT_EQ(fake_.requests()[0].headers[0].value, "application/json");
}

TEST_F(ClientTest, SeveralAtATime) {
  fake_.on(kPodPath, Script().pause(seconds(5)).head(200).body(kPod).end());
  fake_.on("GET /version",
           Script().pause(seconds(5)).head(200).body(R"({"gitVersion":"v1.34.4-gke.1"})").end());
  const Instant begun = fake_.now();
  auto pod = client_.get(kPods, "prod", "web-0");
  auto version = client_.server_version();
  EXPECT_TRUE(client_.wait(pod, version));
  EXPECT_EQ(fake_.now() - begun, seconds(5));
  EXPECT_EQ(version.result()->version, (Version{1, 34, 4}));
  EXPECT_EQ(version.result()->git_version, "v1.34.4-gke.1");
}

TEST_F(ClientTest, DestroyingWhatIsUnderWayCancelsIt) {
  fake_.on(kPodPath, Script::silent());
  {
    const auto pod = client_.get(kPods, "prod", "web-0");
    EXPECT_EQ(fake_.open(), 1U);
  }
  EXPECT_EQ(fake_.open(), 0U);
}

TEST_F(ClientTest, AnswersThatAreNoObjectAreNamed) {
  for (const char* const body : {"", "<html>login</html>", R"({"metadata":{"name":"w)"}) {
    fake_.on(kPodPath, Script::answer(200, body));
    EXPECT_EQ(get_error().message,
              "error: the answer of fake:6443 cannot be read (get pods \"web-0\"): it is no "
              "complete JSON object");
  }
}

TEST_F(ClientTest, ARefusalIsTriedAgainWhenTheServerAsksForIt) {
  fake_.on(kPodPath, Script::answer(429, "slow down", {{"Retry-After", "3"}}));
  fake_.on(kPodPath, Script::answer(503, "", {{"Retry-After", "4"}}));
  fake_.on(kPodPath, Script::answer(200, kPod));
  const Instant begun = fake_.now();
  EXPECT_TRUE(get());
  EXPECT_EQ(fake_.now() - begun, seconds(7));
  EXPECT_THAT(retries_,
              ElementsAre("3000 ms after Error from server (TooManyRequests): the server has "
                          "received too many requests and has asked us to try again later (GET "
                          "pods web-0)",
                          "4000 ms after Error from server (ServiceUnavailable): the server is "
                          "currently unable to handle the request (GET pods web-0)"));
}

TEST_F(ClientTest, NotWithoutBeingAsked) {
  for (const int status : {429, 500, 503}) {
    fake_.on(kPodPath, Script::answer(status, ""));
    get();
  }
  EXPECT_THAT(retries_, IsEmpty());
}

TEST_F(ClientTest, GivesUpAfterTenRepetitions) {
  fake_.on(kPodPath, Script::answer(429, "", {{"Retry-After", "0"}}));
  EXPECT_EQ(get_error().kind, ApiErrorKind::kTooManyRequests);
  EXPECT_EQ(fake_.requests().size(), 11U);
}

TEST_F(ClientTest, AWriteIsRepeatedOnlyWhereItDidNothing) {
  const std::string patch = "PATCH /api/v1/namespaces/prod/pods/web-0";
  for (const int status : {500, 502, 504}) {
    fake_.on(patch, Script::answer(status, "", {{"Retry-After", "0"}}));
    client_.await(client_.patch(kPods, "prod", "web-0", PatchType::kMerge, "{}"));
  }
  fake_.on(patch, Script::broken(FaultKind::kClosed, "EOF"));
  client_.await(client_.patch(kPods, "prod", "web-0", PatchType::kMerge, "{}"));
  EXPECT_EQ(fake_.requests().size(), 4U);
  fake_.on(patch, Script::answer(429, "", {{"Retry-After", "0"}}));
  fake_.on(patch, Script::answer(503, "", {{"Retry-After", "0"}}));
  fake_.on(patch, Script::answer(200, kPod));
  EXPECT_TRUE(client_.await(client_.patch(kPods, "prod", "web-0", PatchType::kMerge, "{}")));
}

TEST_F(ClientTest, AReadIsRepeatedWhenTheConnectionBreaksBeforeAnAnswer) {
  fake_.on(kPodPath, Script::broken(FaultKind::kClosed, "EOF"));
  fake_.on(kPodPath, Script::broken(FaultKind::kLost, "reset"));
  fake_.on(kPodPath, Script::answer(200, kPod));
  EXPECT_TRUE(get());
  EXPECT_EQ(fake_.requests().size(), 3U);
}

TEST_F(ClientTest, ButThreeTimesOnly) {
  fake_.on(kPodPath, Script::broken(FaultKind::kClosed, "EOF"));
  EXPECT_EQ(get_error().message,
            "error: the connection to the server fake:6443 broke (get pods \"web-0\"): EOF");
  EXPECT_EQ(fake_.requests().size(), 4U);
}

TEST_F(ClientTest, NotWhenItBreaksInTheAnswerAndNotWhenItIsRefused) {
  fake_.on(kPodPath, Script().head(200).body("{").fault(FaultKind::kClosed, "unexpected EOF"));
  EXPECT_EQ(get_error().fault, FaultKind::kClosed);
  EXPECT_EQ(fake_.requests().size(), 1U);
}

TEST_F(ClientTest, AServerThatNeverAnswersIsGivenUp) {
  fake_.on(kPodPath, Script::silent());
  EXPECT_EQ(get_error().message,
            "error: fake:6443 sent no response within 65 s (get pods \"web-0\")");
  EXPECT_EQ(fake_.open(), 0U);
}

TEST_F(ClientTest, OneThatStopsInTheMiddleToo) {
  fake_.on(kPodPath, Script().pause(seconds(60)).head(200).pause(seconds(60)).body("{"));
  const Instant begun = fake_.now();
  EXPECT_EQ(get_error().message,
            "error: fake:6443 sent no more of its response within 65 s (get pods \"web-0\")");
  EXPECT_EQ(fake_.now() - begun, seconds(185));
}

TEST_F(ClientTest, TheRequestTimeoutCoversTheRepetitions) {
  Client hasty(fake_, loop_, options(seconds(10)));
  fake_.on(kPodPath, Script::answer(429, "", {{"Retry-After", "4"}}));
  const Instant begun = fake_.now();
  auto result = hasty.await(hasty.get(kPods, "prod", "web-0"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ApiErrorKind::kTooManyRequests);
  EXPECT_EQ(fake_.now() - begun, seconds(8));  // a third pause would not end in time

  fake_.on("GET /version", Script::silent());
  auto version = hasty.await(hasty.server_version());
  ASSERT_FALSE(version);
  EXPECT_EQ(version.error().message,
            "error: fake:6443 sent no response within 10 s (get /version)");
}

TEST_F(ClientTest, WritesCarryTheirOptions) {
  fake_.on("POST /apis/apps/v1/namespaces/prod/statefulsets", Script::answer(201, kPod));
  fake_.on("PATCH /apis/apps/v1/namespaces/prod/statefulsets/web/scale", Script::answer(200, kPod));
  fake_.on("PUT /apis/apps/v1/namespaces/prod/statefulsets/web", Script::answer(200, kPod));
  fake_.on("DELETE /apis/apps/v1/namespaces/prod/statefulsets/web", Script::answer(200, kPod));
  WriteOptions dry;
  dry.dry_run = true;
  EXPECT_TRUE(client_.await(client_.create(kStatefulSets, "prod", "{}", dry)));
  PatchOptions apply;
  apply.only_if = {"u", "7"};
  apply.force = true;
  apply.subresource = "scale";
  EXPECT_TRUE(
      client_.await(client_.patch(kStatefulSets, "prod", "web", PatchType::kApply, "{}", apply)));
  EXPECT_TRUE(client_.await(client_.replace(kStatefulSets, "prod", "web", "{}")));
  EXPECT_TRUE(client_.await(client_.remove(kStatefulSets, "prod", "web")));
  EXPECT_THAT(fake_.lines(),
              ElementsAre("POST /apis/apps/v1/namespaces/prod/statefulsets?dryRun=All&"
                          "fieldManager=kubectl-sts",
                          "PATCH /apis/apps/v1/namespaces/prod/statefulsets/web/scale?"
                          "fieldManager=kubectl-sts&force=true",
                          "PUT /apis/apps/v1/namespaces/prod/statefulsets/web?"
                          "fieldManager=kubectl-sts",
                          "DELETE /apis/apps/v1/namespaces/prod/statefulsets/web"));
  const Request& patch = fake_.requests()[1];
  EXPECT_EQ(patch.body, R"({"metadata":{"resourceVersion":"7","uid":"u"}})");
  EXPECT_EQ(patch.headers.back().value, "application/apply-patch+yaml");
}

TEST_F(ClientTest, AnObjectWithoutANameIsNotAskedFor) {
  EXPECT_EQ(client_.await(client_.get(kPods, "prod", "")).error().message,
            "error: resource name may not be empty");
  EXPECT_EQ(client_.await(client_.remove(kPods, "", "web-0")).error().message,
            "error: an empty namespace may not be set when a resource name is provided");
  EXPECT_THAT(fake_.requests(), IsEmpty());
}

TEST_F(ClientTest, AsksForAccessAndLogs) {
  fake_.on("POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
           Script::answer(500, "", {{"Retry-After", "1"}}));
  fake_.on("POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
           Script::answer(201, R"({"status":{"allowed":true}})"));
  Access access;
  access.verb = "list";
  access.resource = &kPods;
  const auto answer = client_.await(client_.can_i(access));
  ASSERT_TRUE(answer) << "a review changes nothing: it may be repeated";
  EXPECT_TRUE(answer->allowed);

  LogOptions options;
  options.container = "app";
  options.most_bytes = 8;
  fake_.on("GET /api/v1/namespaces/prod/pods/web-0/log", Script::answer(200, "line 1\nline 2\n"));
  EXPECT_EQ(*client_.await(client_.logs("prod", "web-0", options)), "line 1\nl");
  EXPECT_EQ(fake_.lines().back(),
            "GET /api/v1/namespaces/prod/pods/web-0/log?container=app&limitBytes=8&tailLines=20");
}

}  // namespace
}  // namespace sts::kube
