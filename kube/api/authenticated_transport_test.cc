#include "kube/api/authenticated_transport.h"

#include "kube/api/client.h"
#include "kube/api/fake_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace sts::kube {
namespace {

class Tokens final : public Credentials {
 public:
  Result<ClientIdentity> current() override {
    ++asked;
    if (!broken.empty()) return fail(broken);
    return ClientIdentity{"Bearer token-" + std::to_string(number), {}, {}};
  }
  Result<bool> refresh_after_unauthorized() override {
    ++refreshed;
    if (!refresh_broken.empty()) return fail(refresh_broken);
    ++number;
    return can_refresh;
  }

  int asked = 0;
  int refreshed = 0;
  int number = 1;
  bool can_refresh = true;
  std::string broken;
  std::string refresh_broken;
};

class AuthenticatedTransportTest : public testing::Test {
 protected:
  FakeTransport fake_;
  Loop loop_{fake_, fake_};
  std::shared_ptr<Tokens> tokens_ = std::make_shared<Tokens>();
  Impersonation impersonate_;

  ApiResult<std::string> get() {
    AuthenticatedTransport transport(fake_, loop_, tokens_, impersonate_);
    Client client(transport, loop_);
    return client.await(client.raw("/x"));
  }
  std::string token_of(std::size_t request) {
    return fake_.requests().at(request).identity->authorization;
  }
};

TEST_F(AuthenticatedTransportTest, SaysWhoAsks) {
  fake_.on("GET /x", Script::answer(200, "yes"));
  EXPECT_EQ(*get(), "yes");
  EXPECT_EQ(token_of(0), "Bearer token-1");
  EXPECT_EQ(fake_.requests()[0].headers.size(), 1U) << "no impersonation";
}

TEST_F(AuthenticatedTransportTest, RepeatsOnceWithOtherCredentials) {
  fake_.on("GET /x", Script::answer(401, "no"));
  fake_.on("GET /x", Script::answer(200, "yes"));
  EXPECT_EQ(*get(), "yes");
  EXPECT_EQ(token_of(1), "Bearer token-2");
}

// A plugin may open a browser: once is enough for all.
TEST_F(AuthenticatedTransportTest, RefreshesOnceForAllThatAreRefused) {
  fake_.on("GET /x", Script::answer(401, "no"));
  fake_.on("GET /y", Script::answer(401, "no"));
  fake_.on("GET /x", Script::answer(200, "yes"));
  fake_.on("GET /y", Script::answer(200, "yes"));
  AuthenticatedTransport transport(fake_, loop_, tokens_, impersonate_);
  Client client(transport, loop_);
  auto x = client.raw("/x");
  auto y = client.raw("/y");
  EXPECT_EQ(*client.await(std::move(x)), "yes");
  EXPECT_EQ(*client.await(std::move(y)), "yes");
  EXPECT_EQ(tokens_->refreshed, 1);
}

TEST_F(AuthenticatedTransportTest, OnceOnly) {
  fake_.on("GET /x", Script::answer(401, "no"));
  EXPECT_EQ(get().error().message, "error: You must be logged in to the server (Unauthorized)");
  EXPECT_EQ(fake_.requests().size(), 2U);
}

TEST_F(AuthenticatedTransportTest, NotWithTheSameCredentials) {
  tokens_->can_refresh = false;
  fake_.on("GET /x", Script::answer(401, "no"));
  EXPECT_EQ(get().error().kind, ApiErrorKind::kUnauthorized);
  EXPECT_EQ(fake_.requests().size(), 1U);
}

TEST_F(AuthenticatedTransportTest, WithoutCredentialsNothingIsSent) {
  tokens_->broken = "the plugin aws failed: install it";
  const auto result = get();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().fault, FaultKind::kCredentials);
  EXPECT_EQ(result.error().message, "error: the plugin aws failed: install it");
  EXPECT_TRUE(fake_.requests().empty());
}

TEST_F(AuthenticatedTransportTest, ARefreshMayFail) {
  tokens_->refresh_broken = "the plugin aws failed";
  fake_.on("GET /x", Script::answer(401, "no"));
  EXPECT_EQ(get().error().message, "error: the plugin aws failed");
  EXPECT_EQ(fake_.open(), 0U);
}

TEST_F(AuthenticatedTransportTest, ImpersonatesAsClientGo) {
  impersonate_ = {"jane", "42", {"dev", "ops"}, {{"example.com/Team", {"a", "b"}}}};
  fake_.on("GET /x", Script::answer(200, "yes"));
  EXPECT_TRUE(get());
  std::string headers;
  for (const Header& header : fake_.requests()[0].headers) {
    headers += header.name + ": " + header.value + "\n";
  }
  EXPECT_EQ(headers,
            "Accept: application/json, */*\nImpersonate-User: jane\nImpersonate-Uid: 42\n"
            "Impersonate-Group: dev\nImpersonate-Group: ops\n"
            "Impersonate-Extra-example.com%2FTeam: a\nImpersonate-Extra-example.com%2FTeam: b\n");
}

}  // namespace
}  // namespace sts::kube
