#include "kube/api/watch.h"

#include "kube/api/fake_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::kube {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

std::string pod(const std::string& name, const std::string& uid, int version) {
  return R"({"metadata":{"namespace":"prod","name":")" + name + R"(","uid":")" + uid +
         R"(","resourceVersion":")" + std::to_string(version) + R"("}})";
}
std::string event(const std::string& type, const std::string& object) {
  return R"({"type":")" + type + R"(","object":)" + object + "}\n";
}
std::string bookmark(int version) {
  return event("BOOKMARK",
               R"({"metadata":{"resourceVersion":")" + std::to_string(version) + "\"}}");
}
Script listed(int version, const std::string& items) {
  return Script::answer(200, R"({"kind":"PodList","metadata":{"resourceVersion":")" +
                                 std::to_string(version) + R"("},"items":[)" + items + "]}");
}

constexpr char kPath[] = "GET /api/v1/namespaces/prod/pods";
constexpr char kGone[] =
    R"({"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"})";

class WatchTest : public testing::Test {
 protected:
  FakeTransport fake_;
  Loop loop_{fake_, fake_};
  Client client_{fake_, loop_};
  std::vector<std::string> seen_;
  std::optional<Watch> watch_;

  WatchHandler handler() {
    WatchHandler handler;
    handler.change = [this](Change change, const ApiObject& object) {
      const char sign = change == Change::kAdded ? '+' : change == Change::kModified ? '~' : '-';
      seen_.push_back(sign + object.meta.name + "/" + object.meta.uid + "@" +
                      object.meta.resource_version + (object.json.empty() ? " unseen" : ""));
    };
    handler.synced = [this] { seen_.emplace_back("synced"); };
    handler.trouble = [this](const ApiError& error, Milliseconds pause) {
      seen_.push_back("trouble for " + std::to_string(pause.count()) + ": " + error.message);
    };
    handler.recovered = [this] { seen_.emplace_back("recovered"); };
    handler.failed = [this](const ApiError& error) { seen_.push_back("failed: " + error.message); };
    return handler;
  }
  void begin() { watch_.emplace(client_, kPods, "prod", WatchOptions(), handler()); }
  void run(std::size_t requests) {
    loop_.run_until([&] { return fake_.requests().size() >= requests; });
  }
  std::string query(std::size_t index) {
    const std::string line = fake_.lines().at(index);
    return line.substr(line.find('?') + 1);
  }
};

TEST_F(WatchTest, ListsThenFollows) {
  fake_.on(kPath, listed(10, pod("a", "1", 5) + "," + pod("b", "2", 6)));
  fake_.on(kPath,
           Script()
               .head(200)
               .body(event("ADDED", pod("c", "3", 11)) + event("MODIFIED", pod("a", "1", 12)))
               .body(event("DELETED", pod("b", "2", 13)) + bookmark(20))
               .pause(seconds(100))
               .end());
  fake_.on(kPath, Script().head(200).pause(seconds(1)));
  begin();
  EXPECT_FALSE(watch_->synced());
  run(3);
  EXPECT_TRUE(watch_->synced());
  EXPECT_THAT(seen_, ElementsAre("+a/1@5", "+b/2@6", "synced", "+c/3@11", "~a/1@12", "-b/2@13"));
  EXPECT_EQ(query(0), "limit=500");
  EXPECT_EQ(query(1), "watch=true&allowWatchBookmarks=true&resourceVersion=10&timeoutSeconds=450");
  EXPECT_EQ(query(2), "watch=true&allowWatchBookmarks=true&resourceVersion=20&timeoutSeconds=450");
  EXPECT_TRUE(fake_.requests()[1].stream);
}

TEST_F(WatchTest, ListsAgainWhereTheServerForgotAndReportsTheDifference) {
  fake_.on(kPath, listed(10, pod("a", "1", 5) + "," + pod("b", "2", 6) + "," + pod("c", "3", 7)));
  fake_.on(kPath, Script().head(200).pause(seconds(9)).body(event("ERROR", kGone)).end());
  fake_.on(kPath, listed(50, pod("a", "1", 5) + "," + pod("b", "9", 40) + "," + pod("d", "4", 41)));
  fake_.on(kPath, Script().head(200));
  begin();
  run(4);
  EXPECT_THAT(seen_, ElementsAre("+a/1@5", "+b/2@6", "+c/3@7", "synced", "-b/2@6 unseen", "+b/9@40",
                                 "+d/4@41", "-c/3@7 unseen", "synced"));
}

TEST_F(WatchTest, TheSameOfAnAnswer410) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script::answer(410, kGone));
  fake_.on(kPath, listed(50, pod("a", "1", 5)));
  fake_.on(kPath, Script().head(200));
  begin();
  run(4);
  EXPECT_THAT(seen_, ElementsAre("synced", "+a/1@5", "synced"));
}

TEST_F(WatchTest, AServerThatForgetsAllTheTimeIsNotFlooded) {
  fake_.on(kPath, listed(10, ""));
  for (int i = 0; i < 3; ++i) {
    fake_.on(kPath, Script::answer(410, kGone));
    fake_.on(kPath, listed(50, ""));
  }
  fake_.on(kPath, Script().head(200));
  begin();
  run(8);
  EXPECT_THAT(seen_,
              ElementsAre("synced", "synced",
                          "trouble for 2400: Error from server (Expired): too old resource version",
                          "recovered", "synced",
                          "trouble for 4800: Error from server (Expired): too old resource version",
                          "recovered", "synced"));
}

TEST_F(WatchTest, ResumesAfterABrokenConnectionWithGrowingPauses) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script()
                      .head(200)
                      .body(event("ADDED", pod("a", "1", 11)) + "{\"type\":\"MODI")
                      .fault(FaultKind::kLost, "connection reset by peer"));
  fake_.on(kPath, Script::broken(FaultKind::kRefused, "connection refused"));
  fake_.on(kPath, Script().head(200).body(event("MODIFIED", pod("a", "1", 12))));
  begin();
  loop_.run_until([&] { return seen_.size() == 6; });
  EXPECT_THAT(
      seen_,
      ElementsAre("synced", "+a/1@11",
                  "trouble for 1200: error: the connection to the server fake:6443 broke (watch "
                  "pods): connection reset by peer",
                  "trouble for 2400: The connection to the server fake:6443 was refused - did you "
                  "specify the right host or port?",
                  "recovered", "~a/1@12"));
  EXPECT_THAT(query(3), HasSubstr("resourceVersion=11&"));
}

TEST_F(WatchTest, AWatchThatFallsSilentIsReplacedWithoutAWord) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script().head(200).body(bookmark(15)));
  fake_.on(kPath, Script().head(200).body(event("ADDED", pod("a", "1", 16))));
  begin();
  const Instant begun = fake_.now();
  loop_.run_until([&] { return seen_.size() == 2; });
  EXPECT_THAT(seen_, ElementsAre("synced", "+a/1@16"));
  EXPECT_EQ(fake_.now() - begun, seconds(180));
  EXPECT_THAT(query(2), HasSubstr("resourceVersion=15&"));
}

TEST_F(WatchTest, SilenceMayBeShorterThanTheTimeForAnAnswer) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script().head(200).body(bookmark(15)));
  fake_.on(kPath, Script().head(200).body(event("ADDED", pod("a", "1", 16))));
  WatchOptions options;
  options.silence = seconds(2);
  watch_.emplace(client_, kPods, "prod", options, handler());
  const Instant begun = fake_.now();
  loop_.run_until([&] { return seen_.size() == 2; });
  EXPECT_EQ(fake_.now() - begun, seconds(2));
}

TEST_F(WatchTest, OneThatNeverAnswersIsTrouble) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script::silent());
  fake_.on(kPath, Script().head(200));
  begin();
  loop_.run_until([&] { return seen_.size() == 3; });
  EXPECT_THAT(seen_, ElementsAre("synced",
                                 "trouble for 1200: error: fake:6443 sent no response within 65 s "
                                 "(watch pods)",
                                 "recovered"));
}

TEST_F(WatchTest, OneThatGoesOnForEverIsReplaced) {
  Script chatty;
  chatty.head(200);
  for (int i = 0; i < 20; ++i) chatty.pause(seconds(60)).body(bookmark(11 + i));
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, chatty);
  fake_.on(kPath, Script().head(200));
  begin();
  const Instant begun = fake_.now();
  run(3);
  EXPECT_EQ(fake_.now() - begun, seconds(480));
  EXPECT_EQ(fake_.open(), 1U);
}

TEST_F(WatchTest, OneThatEndsAtOnceIsTrouble) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script::answer(200, ""));
  begin();
  loop_.run_until([&] { return seen_.size() == 2; });
  EXPECT_EQ(seen_[1],
            "trouble for 1200: error: the answer of fake:6443 cannot be read (watch pods): the "
            "watch ends as soon as it begins");
}

TEST_F(WatchTest, WaitsAsLongAsTheServerAsks) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script::answer(429, "", {{"Retry-After", "20"}}));
  fake_.on(kPath, Script().head(200));
  begin();
  run(3);
  EXPECT_EQ(seen_[1].substr(0, 18), "trouble for 20000:");
}

TEST_F(WatchTest, EndsWhereAnotherTryWouldBeAnsweredTheSame) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script::answer(403, ""));
  begin();
  loop_.run_until([&] { return seen_.size() == 2; });
  EXPECT_EQ(seen_[1],
            "failed: Error from server (Forbidden): the server does not allow access to the "
            "requested resource (GET pods)");
  EXPECT_EQ(fake_.open(), 0U);
}

TEST_F(WatchTest, EndsWhereNothingWorkedYet) {
  fake_.on(kPath, Script::broken(FaultKind::kRefused, "connection refused"));
  begin();
  loop_.run_until([&] { return !seen_.empty(); });
  EXPECT_THAT(seen_, ElementsAre("failed: The connection to the server fake:6443 was refused - did "
                                 "you specify the right host or port?"));
}

TEST_F(WatchTest, GarbageIsTroubleAndResumed) {
  fake_.on(kPath, listed(10, ""));
  fake_.on(kPath, Script().head(200).body("<html>"));
  fake_.on(kPath, Script().head(200).body(event("ADDED", "{\"metadata\":]}")));
  begin();
  loop_.run_until([&] { return seen_.size() == 4; });
  EXPECT_EQ(seen_[1],
            "trouble for 1200: error: the answer of fake:6443 cannot be read (watch pods): it is "
            "no JSON object");
  EXPECT_EQ(seen_[3],
            "trouble for 2400: error: the answer of fake:6443 cannot be read (watch pods): an "
            "object is no valid JSON");
}

TEST_F(WatchTest, MayBeEndedByItsHandlerAtAnyEvent) {
  for (std::size_t last = 1; last <= 6; ++last) {
    FakeTransport fake;
    Loop loop(fake, fake);
    Client client(fake, loop);
    fake.on(kPath, listed(10, pod("a", "1", 5)));
    fake.on(kPath,
            Script()
                .head(200)
                .body(event("ADDED", pod("b", "2", 11)) + event("DELETED", pod("a", "1", 12)))
                .fault(FaultKind::kLost, "reset"));
    fake.on(kPath, Script().head(200));
    std::optional<Watch> watch;
    std::size_t calls = 0;
    const auto count = [&] {
      if (++calls == last) watch.reset();
    };
    WatchHandler handler;
    handler.change = [&](Change, const ApiObject&) { count(); };
    handler.synced = count;
    handler.trouble = [&](const ApiError&, Milliseconds) { count(); };
    handler.recovered = count;
    watch.emplace(client, kPods, "prod", WatchOptions(), handler);
    EXPECT_TRUE(loop.run_until([&] { return !watch; })) << last;
    EXPECT_EQ(fake.open(), 0U) << last;
    EXPECT_EQ(calls, last);
  }
}

}  // namespace
}  // namespace sts::kube
