#include "kube/api/config/url.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

std::string parts(const std::string& text) {
  const auto url = parse_url(text);
  if (!url) return "none";
  return url->scheme + " | " + url->user_info + " | " + url->host + " | " + url->port + " | " +
         url->path + " | " + url->authority();
}

TEST(Url, Parts) {
  EXPECT_EQ(parts("https://host"), "https |  | host |  |  | host");
  EXPECT_EQ(parts("HTTPS://host:6443/"), "https |  | host | 6443 | / | host:6443");
  EXPECT_EQ(parts("https://h/k8s/clusters/c-1?a=b#c"), "https |  | h |  | /k8s/clusters/c-1 | h");
  EXPECT_EQ(parts("https://[::1]:6443/x"), "https |  | ::1 | 6443 | /x | [::1]:6443");
  EXPECT_EQ(parts("https://u:p%40ss@h:1"), "https | u:p%40ss | h | 1 |  | h:1");
  EXPECT_EQ(parts("http://a@b@c"), "http | a@b | c |  |  | c");
  EXPECT_EQ(parts("socks5://h:1080?x"), "socks5 |  | h | 1080 |  | h:1080");
}

TEST(Url, WhatIsNone) {
  for (const char* text :
       {"", "host", "host:6443", "127.0.0.1:6443", "//host", "://host", "https:", "https://",
        "https:///path", "https://h:port", "https://h:1:2", "https://[::1", "https://[1]",
        "https://a b", "https://h/%zz", "https://h\n", "1https://h", "https://h:123456"}) {
    EXPECT_EQ(parts(text), "none") << text;
  }
}

TEST(Url, PercentDecoding) {
  EXPECT_EQ(percent_decoded("a%2Fb%2f%41"), "a/b/A");
  EXPECT_EQ(percent_decoded("%4"), std::nullopt);
  EXPECT_EQ(percent_decoded("%"), std::nullopt);
  EXPECT_EQ(percent_decoded("%g1"), std::nullopt);
}

}  // namespace
}  // namespace sts::kube
