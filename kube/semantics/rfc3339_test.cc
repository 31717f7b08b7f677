#include "kube/semantics/rfc3339.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

std::int64_t seconds_of(std::string_view text) {
  const auto moment = parse_rfc3339(text);
  return moment ? moment->time_since_epoch().count() : -1;
}

TEST(Rfc3339, Moments) {
  EXPECT_EQ(seconds_of("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(seconds_of("2026-11-21T16:18:33Z"), 1795277913);
  EXPECT_EQ(seconds_of("2026-11-21T18:18:33+02:00"), 1795277913);
  EXPECT_EQ(seconds_of("2026-11-21T10:48:33-05:30"), 1795277913);
  EXPECT_EQ(seconds_of("2026-11-21T16:18:33.999999999Z"), 1795277913);
  EXPECT_EQ(seconds_of("2024-02-29T00:00:00Z"), 1709164800);
  EXPECT_EQ(parse_rfc3339("0001-01-01T00:00:00Z")->time_since_epoch().count(), -62135596800);
}

TEST(Rfc3339, WhatIsNone) {
  for (const char* text :
       {"", "2026-11-21", "2026-11-21T16:18:33", "2026-11-21 16:18:33Z", "2026-13-21T16:18:33Z",
        "2026-02-29T16:18:33Z", "2026-11-21T24:00:00Z", "2026-11-21T16:18:33.Z",
        "2026-11-21T16:18:33z", "2026-11-21T16:18:33+0200", "2026-11-21T16:18:33Z ",
        "26-11-21T16:18:33Z", "2026-11-21T16:18:6xZ", "tomorrow"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sts::kube
