#include "kube/api/config/proxy.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

std::string proxy_of(const std::string& server, const Environment& environment) {
  return proxy_of_environment(*parse_url(server), environment);
}

TEST(Proxy, WhichVariable) {
  const Environment all = {{"HTTPS_PROXY", "http://s:1"},
                           {"https_proxy", "http://small:1"},
                           {"HTTP_PROXY", "http://plain:1"},
                           {"ALL_PROXY", "http://all:1"}};
  EXPECT_EQ(proxy_of("https://api:6443", all), "http://s:1");
  EXPECT_EQ(proxy_of("http://api:8080", all), "http://plain:1");
  EXPECT_EQ(proxy_of("https://api", {{"HTTPS_PROXY", ""}, {"https_proxy", "http://small:1"}}),
            "http://small:1");
  EXPECT_EQ(proxy_of("https://api", {{"ALL_PROXY", "http://all:1"}}), "");
  EXPECT_EQ(proxy_of("https://api", {}), "");
}

TEST(Proxy, HowItIsWritten) {
  EXPECT_EQ(proxy_of("https://api", {{"HTTPS_PROXY", "proxy:3128"}}), "http://proxy:3128");
  EXPECT_EQ(proxy_of("https://api", {{"HTTPS_PROXY", "10.0.0.1:3128"}}), "http://10.0.0.1:3128");
  EXPECT_EQ(proxy_of("https://api", {{"HTTPS_PROXY", "socks5://p:1080"}}), "socks5h://p:1080");
  EXPECT_EQ(proxy_of("https://api", {{"HTTPS_PROXY", "%"}}), "");
  EXPECT_EQ(proxy_for_libcurl("SOCKS5://p"), "socks5h://p");
  EXPECT_EQ(proxy_for_libcurl("https://p:1"), "https://p:1");
}

// golang.org/x/net v0.57, http/httpproxy/proxy_test.go has these cases and more.
TEST(Proxy, NoProxy) {
  const auto used = [](const std::string& server, const std::string& no_proxy) {
    return !proxy_of(server, {{"HTTPS_PROXY", "http://p"}, {"NO_PROXY", no_proxy}}).empty();
  };
  EXPECT_FALSE(used("https://localhost:6443", ""));
  EXPECT_FALSE(used("https://127.0.0.2", ""));
  EXPECT_FALSE(used("https://[::1]:6443", ""));
  EXPECT_TRUE(used("https://localhost.net", ""));
  EXPECT_FALSE(used("https://any", "x, *"));
  EXPECT_FALSE(used("https://foo.com", "foo.com"));
  EXPECT_FALSE(used("https://bar.foo.com", " foo.com "));
  EXPECT_TRUE(used("https://barfoo.com", "foo.com"));
  EXPECT_TRUE(used("https://foo.com", ".foo.com"));
  EXPECT_TRUE(used("https://foo.com", "*.foo.com"));
  EXPECT_FALSE(used("https://bar.foo.com", "*.foo.com"));
  EXPECT_FALSE(used("https://FOO.com", "Foo.COM"));
  EXPECT_FALSE(used("https://foo.com:6443", "foo.com:6443"));
  EXPECT_TRUE(used("https://foo.com:6444", "foo.com:6443"));
  EXPECT_FALSE(used("https://foo.com", "foo.com:443"));
  EXPECT_TRUE(used("https://foo.com", ":443,,"));
  EXPECT_FALSE(used("https://10.1.2.3", "10.0.0.0/8"));
  EXPECT_TRUE(used("https://11.1.2.3", "10.0.0.0/8"));
  EXPECT_FALSE(used("https://11.1.2.3", "0.0.0.0/0"));
  EXPECT_TRUE(used("https://[2001:db8::1]", "0.0.0.0/0"));
  EXPECT_FALSE(used("https://[2001:db8::1]", "2001:db8::/32"));
  EXPECT_FALSE(used("https://[2001:db8::1]", "2001:db8:0::1"));
  EXPECT_FALSE(used("https://[2001:db8::1]:6443", "[2001:db8::1]:6443"));
  EXPECT_TRUE(used("https://[2001:db8::1]:6444", "[2001:db8::1]:6443"));
  EXPECT_FALSE(used("https://10.1.2.3:6443", "10.1.2.3"));
  EXPECT_TRUE(used("https://10.1.2.3:6443", "10.1.2.3:443"));
  EXPECT_TRUE(used("https://10.1.2.3", "2.3,10.1,10.1.2.0/33,10.1.2.0/x"));
}

}  // namespace
}  // namespace sts::kube
