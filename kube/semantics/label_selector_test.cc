#include "kube/semantics/label_selector.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

const LabelSelector kSelector{{{"app", "web"}},
                              {{"tier", "In", {"db", "cache"}},
                               {"zone", "NotIn", {"west"}},
                               {"shard", "Exists", {}},
                               {"legacy", "DoesNotExist", {}}}};

TEST(LabelSelector, IsWrittenAsAQuery) {
  EXPECT_EQ(to_query(kSelector), "app=web,tier in (db,cache),zone notin (west),shard,!legacy");
  EXPECT_EQ(to_query({}), "");
}

TEST(LabelSelector, EveryRequirementHasToHold) {
  const std::map<std::string, std::string, std::less<>> good = {
      {"app", "web"}, {"tier", "db"}, {"shard", "3"}, {"other", "x"}};
  EXPECT_TRUE(matches(kSelector, good));
  const auto with = [&](const char* key, const char* value) {
    auto labels = good;
    labels[key] = value;
    return labels;
  };
  EXPECT_FALSE(matches(kSelector, with("app", "api")));
  EXPECT_FALSE(matches(kSelector, with("tier", "front")));
  EXPECT_FALSE(matches(kSelector, with("zone", "west")));
  EXPECT_TRUE(matches(kSelector, with("zone", "east")));
  EXPECT_FALSE(matches(kSelector, with("legacy", "")));
  auto without = good;
  without.erase("shard");
  EXPECT_FALSE(matches(kSelector, without));
  without = good;
  without.erase("tier");
  EXPECT_FALSE(matches(kSelector, without));
  EXPECT_TRUE(matches({}, {}));
}

TEST(LabelSelector, AnUnknownOperatorMatchesNothing) {
  EXPECT_FALSE(matches({{}, {{"app", "Like", {"web"}}}}, {{"app", "web"}}));
}

TEST(MapSelector, NamesTheFirstKeyThatDiffers) {
  EXPECT_EQ(mismatching_key({{"app", "web"}, {"tier", "db"}}, {{"app", "web"}}), "tier");
  EXPECT_EQ(mismatching_key({{"app", "web"}}, {{"app", "api"}}), "app");
  EXPECT_EQ(mismatching_key({{"app", "web"}}, {{"app", "web"}, {"x", "y"}}), "");
}

}  // namespace
}  // namespace sts::kube
