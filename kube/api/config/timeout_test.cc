#include "kube/api/config/timeout.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

long milliseconds_of(std::string_view text) {
  const auto timeout = parse_timeout(text);
  return timeout ? static_cast<long>(timeout->count()) : -1;
}

TEST(Timeout, AsClientGoReadsIt) {
  EXPECT_EQ(milliseconds_of(""), 0);
  EXPECT_EQ(milliseconds_of("0"), 0);
  EXPECT_EQ(milliseconds_of("5"), 5000);
  EXPECT_EQ(milliseconds_of("5s"), 5000);
  EXPECT_EQ(milliseconds_of("+5"), 5000);
  EXPECT_EQ(milliseconds_of("1m30s"), 90000);
  EXPECT_EQ(milliseconds_of("1.5h"), 5400000);
  EXPECT_EQ(milliseconds_of("250ms"), 250);
  EXPECT_EQ(milliseconds_of("1.1s"), 1100);
  EXPECT_EQ(milliseconds_of(".5s"), 500);
  EXPECT_EQ(milliseconds_of("1us"), 1);
  EXPECT_EQ(milliseconds_of("1µs"), 1);
  EXPECT_EQ(milliseconds_of("0s"), 0);
  EXPECT_EQ(milliseconds_of("-5s"), 0);
}

TEST(Timeout, WhatIsNone) {
  for (const char* text : {"-5", "5 s", "s", "+", "+-5", "1m30", "abc", "1d", "1.2.3s", " 5", "5S",
                           ".s", "-", "99999999999999999999", "9999999h"}) {
    EXPECT_EQ(milliseconds_of(text), -1) << text;
  }
  EXPECT_EQ(
      parse_timeout("1d").error().message,
      "--request-timeout is a number of seconds, or a duration such as 500ms, 30s or 1m30s; 0 "
      "for none");
}

}  // namespace
}  // namespace sts::kube
