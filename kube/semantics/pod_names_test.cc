#include "kube/semantics/pod_names.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(PodNames, OrdinalsOfASet) {
  EXPECT_EQ(pod_ordinal("db", "db-0"), 0);
  EXPECT_EQ(pod_ordinal("db", "db-12"), 12);
  EXPECT_EQ(pod_ordinal("db", "db-012"), std::nullopt);
  EXPECT_EQ(pod_ordinal("db", "db-x"), std::nullopt);
  EXPECT_EQ(pod_ordinal("db", "web-1"), std::nullopt);
  EXPECT_EQ(pod_ordinal("db", "db-99999999999999999999"), std::nullopt);
}

TEST(PodNames, TheSetInAPodsName) {
  EXPECT_EQ(parent_of_pod("zone-a-db-0"), "zone-a-db");
  EXPECT_EQ(parent_of_pod("-0"), std::nullopt);
  EXPECT_EQ(parent_of_pod("db"), std::nullopt);
  EXPECT_EQ(parent_of_pod("db-"), std::nullopt);
}

}  // namespace
}  // namespace sts::kube
