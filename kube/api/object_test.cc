#include "kube/api/object.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::kube {
namespace {

TEST(ReadMeta, TakesTheObjectsOwnMetadataOnly) {
  const auto meta = read_meta(R"({"spec":{"metadata":{"name":"x"}},"metadata":{"labels":{"name":"y",
      "uid":"z"},"name":"web-0","namespace":"prod","uid":"u","resourceVersion":"7",
      "ownerReferences":[{"name":"web","uid":"o"}]},"status":{"name":"z"}})");
  ASSERT_TRUE(meta);
  EXPECT_EQ(meta->name, "web-0");
  EXPECT_EQ(meta->ns, "prod");
  EXPECT_EQ(meta->uid, "u");
  EXPECT_EQ(meta->resource_version, "7");
}

TEST(ReadMeta, WhatIsNotThereIsEmpty) {
  const auto meta = read_meta(R"({"metadata":null,"name":"x","other":{"name":"y"}})");
  ASSERT_TRUE(meta);
  EXPECT_EQ(meta->name, "");
  EXPECT_EQ(read_meta(R"({"metadata":["name"],"a":{"name":"y"}})")->name, "");
  EXPECT_EQ(read_meta(R"({"metadata":{"name":7,"uid":["a"]}})")->uid, "");
}

TEST(ReadMeta, RefusesWhatIsNoObject) {
  for (const char* const text : {"", "[]", "1", "{", R"({"a":1]})", "{} {}", "\"metadata\""}) {
    const auto meta = read_meta(text);
    ASSERT_FALSE(meta) << text;
    EXPECT_EQ(meta.error().message, "an object is no valid JSON");
  }
  const auto deep = read_meta("{\"a\":" + std::string(300, '[') + std::string(300, ']') + "}");
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().message, "an object is nested too deeply");
}

TEST(AsTree, GivesItemsTheTypeThatTheirListLeftOut) {
  const auto tree =
      as_tree(R"({ "metadata":{"name":"web"},"spec":{"replicas":3}})", kStatefulSets, "live");
  ASSERT_TRUE(tree);
  const Value root = (*tree)->root();
  EXPECT_EQ(root.get("apiVersion").string(), "apps/v1");
  EXPECT_EQ(root.get("kind").string(), "StatefulSet");
  EXPECT_EQ(root.get("spec", "replicas").integer(), 3);
  EXPECT_EQ((*tree)->source().name(), "live");
  EXPECT_EQ((*as_tree("{ }", kPods))->root().get("kind").string(), "Pod");
}

TEST(AsTree, LeavesATypeThatIsThere) {
  const auto tree = as_tree(R"({"kind":"Scale","apiVersion":"autoscaling/v1"})", kStatefulSets);
  ASSERT_TRUE(tree);
  EXPECT_EQ((*tree)->root().get("kind").string(), "Scale");
  EXPECT_EQ((*tree)->root().size(), 2U);
}

}  // namespace
}  // namespace sts::kube
