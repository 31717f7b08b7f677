#include "kube/api/config/paths.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(Paths, Clean) {
  EXPECT_EQ(clean_path(""), ".");
  EXPECT_EQ(clean_path("/"), "/");
  EXPECT_EQ(clean_path("a//b/./c/../d/"), "a/b/d");
  EXPECT_EQ(clean_path("/../a"), "/a");
  EXPECT_EQ(clean_path("../../a"), "../../a");
  EXPECT_EQ(clean_path("a/../.."), "..");
}

TEST(Paths, RelativeToAFolder) {
  EXPECT_EQ(absolute_path("/a/b", "../c"), "/a/c");
  EXPECT_EQ(absolute_path("/a", "/c/../d"), "/c/../d");
  EXPECT_EQ(absolute_path("/a", ""), "");
  EXPECT_EQ(folder_of("/work", "x.yaml"), "/work");
  EXPECT_EQ(folder_of("/work", "a/x.yaml"), "/work/a");
  EXPECT_EQ(folder_of("/work", "/etc/x.yaml"), "/etc");
  EXPECT_EQ(folder_of("/work", "/x.yaml"), "/");
}

}  // namespace
}  // namespace sts::kube
