#include "kube/semantics/version.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(ParseVersion, ReadsTheSpellingsOfKubectlAndVendors) {
  const Version full{1, 34, 4};
  EXPECT_EQ(parse_version("1.34.4"), full);
  EXPECT_EQ(parse_version("v1.34.4"), full);
  EXPECT_EQ(parse_version("1.34.4-gke.100"), full);
  EXPECT_EQ(parse_version("v1.34.4+k3s1"), full);
}

TEST(ParseVersion, WithoutAPatchItIsTheNewestOfItsMinor) {
  ASSERT_TRUE(parse_version("1.35"));
  EXPECT_GT(*parse_version("1.35"), (Version{1, 35, 42}));
  EXPECT_LT(*parse_version("1.35"), (Version{1, 36, 0}));
  EXPECT_EQ(parse_version("1.34+"), parse_version("v1.34"));
}

TEST(ParseVersion, RefusesWhatIsNoVersion) {
  for (const char* text : {"", "v", "1", "1.", "1.x", "latest", "1.34.", "1.34.x", "1.34 ", "1.-3",
                           "-1.3", "1.34.-1", "1.34-", "1.99999", "1.34.4.5", "vv1.34"}) {
    EXPECT_FALSE(parse_version(text)) << text;
  }
}

TEST(VersionToString, LeavesOutThePatchThatWasNotGiven) {
  EXPECT_EQ(to_string(*parse_version("v1.34")), "1.34");
  EXPECT_EQ(to_string(*parse_version("v1.34.4-eks")), "1.34.4");
}

}  // namespace
}  // namespace sts::kube
