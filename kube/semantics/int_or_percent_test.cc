#include "kube/semantics/int_or_percent.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(IntOrPercent, Percentages) {
  EXPECT_EQ(parse_percent("50%"), (IntOrPercent{50, true}));
  EXPECT_EQ(parse_percent("+5%"), (IntOrPercent{5, true}));
  EXPECT_EQ(parse_percent("-5%"), (IntOrPercent{-5, true}));
  for (const char* text : {"", "%", "50", "50 %", "12.5%", "50%%", "+-5%"}) {
    EXPECT_EQ(parse_percent(text), std::nullopt) << text;
  }
}

TEST(IntOrPercent, RoundsLikeTheControllers) {
  EXPECT_EQ(scaled({50, true}, 3, Rounding::kUp), 2);
  EXPECT_EQ(scaled({50, true}, 3, Rounding::kDown), 1);
  EXPECT_EQ(scaled({100, true}, 3, Rounding::kUp), 3);
  EXPECT_EQ(scaled({1, true}, 3, Rounding::kUp), 1);
  EXPECT_EQ(scaled({1, true}, 3, Rounding::kDown), 0);
  EXPECT_EQ(scaled({0, true}, 3, Rounding::kUp), 0);
  EXPECT_EQ(scaled({7, false}, 3, Rounding::kUp), 7);
}

}  // namespace
}  // namespace sts::kube
