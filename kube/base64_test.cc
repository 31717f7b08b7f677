#include "kube/base64.h"

#include <gtest/gtest.h>

namespace sts {
namespace {

TEST(Base64, BothWays) {
  // RFC 4648, section 10.
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {"\xff\xfe\xfd", "//79"},
  };
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, LineBreaksArePassedOver) { EXPECT_EQ(from_base64("Zm\r\n9v\nYg=\n=\n"), "foob"); }

TEST(Base64, WhatIsNone) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "Zm9v=", "=", "====", "Zg==Zg==", "Zm9 v",
                           "Zm9-", "Zm9_", "Zm8", "Z=g="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sts
