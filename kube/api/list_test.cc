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

std::string pod(const std::string& name) { return R"({"metadata":{"name":")" + name + R"("}})"; }

std::string page(const std::string& items, const std::string& token, const std::string& version) {
  return R"({"kind":"PodList","metadata":{"resourceVersion":")" + version + R"(","continue":")" +
         token + R"("},"items":[)" + items + "]}";
}

constexpr char kPath[] = "GET /api/v1/namespaces/prod/pods";
constexpr char kExpired[] = R"({"kind":"Status","reason":"Expired","code":410,
    "message":"The provided continue parameter is too old"})";

class ListTest : public testing::Test {
 protected:
  FakeTransport fake_;
  Loop loop_{fake_, fake_};
  Client client_{fake_, loop_};
  std::vector<std::string> names_;

  ListSink sink() {
    return {[this](const ApiObject& object) { names_.push_back(object.meta.name); },
            [this] { names_.emplace_back("(restart)"); }};
  }
  ApiResult<Listed> list(const ListOptions& options = {}) {
    return client_.await(client_.list(kPods, "prod", options, sink()));
  }
  std::string error() {
    const auto result = list();
    EXPECT_FALSE(result);
    return result ? std::string() : result.error().message;
  }
};

TEST_F(ListTest, GoesFromPageToPage) {
  fake_.on(kPath, Script::answer(200, page(pod("a") + "," + pod("b"), "t/1=", "10")));
  fake_.on(kPath, Script::answer(200, page(pod("c"), "", "10")));
  ListOptions options;
  options.label_selector = "app in (a,b)";
  options.field_selector = "spec.nodeName=n";
  options.page_size = 2;
  const auto result = list(options);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->count, 3U);
  EXPECT_EQ(result->resource_version, "10");
  EXPECT_THAT(names_, ElementsAre("a", "b", "c"));
  const std::string query =
      "?labelSelector=app%20in%20%28a%2Cb%29&fieldSelector=spec.nodeName%3Dn&limit=2";
  EXPECT_THAT(fake_.lines(), ElementsAre(kPath + query, kPath + query + "&continue=t%2F1%3D"));
}

TEST_F(ListTest, HandsItemsOnWhileTheRestIsStillComing) {
  const std::string all = page(pod("a") + "," + pod("b"), "", "10");
  const std::size_t cut = all.find(pod("b")) + 5;
  fake_.on(
      kPath,
      Script().head(200).body(all.substr(0, cut)).pause(seconds(5)).body(all.substr(cut)).end());
  auto pending = client_.list(kPods, "prod", {}, sink());
  loop_.run_until([&] { return !names_.empty(); });
  EXPECT_THAT(names_, ElementsAre("a"));
  EXPECT_FALSE(pending.done());
  EXPECT_TRUE(client_.wait(pending));
  EXPECT_THAT(names_, ElementsAre("a", "b"));
}

TEST_F(ListTest, BeginsAgainWithoutPagesWhenTheTokenExpired) {
  fake_.on(kPath, Script::answer(200, page(pod("a"), "t", "10")));
  fake_.on(kPath, Script::answer(410, kExpired));
  fake_.on(kPath, Script::answer(200, page(pod("a") + "," + pod("b"), "", "20")));
  const auto result = list();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->count, 2U);
  EXPECT_EQ(result->resource_version, "20");
  EXPECT_THAT(names_, ElementsAre("a", "(restart)", "a", "b"));
  EXPECT_EQ(fake_.lines().back(), kPath);
}

TEST_F(ListTest, AnExpiryWithoutATokenIsAnError) {
  fake_.on(kPath, Script::answer(410, kExpired));
  EXPECT_EQ(error(), "Error from server (Expired): The provided continue parameter is too old");
}

TEST_F(ListTest, SaysWhatIsWrongWithTheAnswer) {
  const std::string whole = page(pod("a"), "", "1");
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "the list ends in the middle"},
      {whole.substr(0, 60), "the list ends in the middle"},
      {"<html>", "it is no JSON object"},
      {"{}", "it is no list"},
      {pod("a"), "it is no list"},
      {page("{\"a\":]", "", "1"), "an object is no valid JSON"},
      {page(pod("a") + ",", "", "1"), "it is no list"},
      {page(pod("a"), "", "1") + "x", "something stands behind the list"}};
  for (const auto& [body, why] : cases) {
    fake_.on(kPath, Script::answer(200, body));
    EXPECT_EQ(error(), "error: the answer of fake:6443 cannot be read (list pods): " + why) << body;
  }
}

TEST_F(ListTest, AForbiddenPageEndsIt) {
  fake_.on(kPath, Script::answer(200, page(pod("a"), "t", "10")));
  fake_.on(kPath, Script::answer(403, ""));
  EXPECT_EQ(error(),
            "Error from server (Forbidden): the server does not allow access to the requested "
            "resource (GET pods)");
}

TEST_F(ListTest, MayBeDroppedByItsOwnSink) {
  fake_.on(kPath, Script::answer(200, page(pod("a") + "," + pod("b"), "", "10")));
  std::optional<Pending<Listed>> pending;
  pending.emplace(client_.list(kPods, "prod", {},
                               {[&](const ApiObject& object) {
                                  names_.push_back(object.meta.name);
                                  pending.reset();
                                },
                                {}}));
  EXPECT_TRUE(loop_.run_until([&] { return !pending; }));
  EXPECT_THAT(names_, ElementsAre("a"));
  EXPECT_EQ(fake_.open(), 0U);
}

TEST_F(ListTest, AsksForMetadataAlone) {
  fake_.on("GET /api/v1/pods", Script::answer(200, page("", "", "1")));
  ListOptions options;
  options.metadata_only = true;
  options.page_size = 0;
  EXPECT_TRUE(client_.await(client_.list(kPods, "", options, sink())));
  EXPECT_THAT(names_, IsEmpty());
  EXPECT_EQ(fake_.requests()[0].headers[0].value,
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
}

}  // namespace
}  // namespace sts::kube
