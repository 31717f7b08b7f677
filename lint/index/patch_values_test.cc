#include "lint/index/patch_values.h"

#include "lint/index/kustomize.h"
#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::lint {
namespace {

using testing::object;
using testing::project;
using testing::service;

const std::string kService =
    service("db", "", "", "spec: {type: ClusterIP, selector: {app: db, tier: data}}\n");

Index patched(const std::string& patches) {
  return project({{"base/kustomization.yaml", "resources: [svc.yaml]\n"},
                  {"base/svc.yaml", kService},
                  {"prod/kustomization.yaml", "resources: [../base]\n" + patches}});
}

std::string merge(const std::string& spec) {
  return "patches:\n- patch: '{apiVersion: v1, kind: Service, metadata: {name: db}, spec: " + spec +
         "}'\n";
}

std::string operations(const std::string& list, const std::string& target = "kind: Service") {
  return "patches:\n- target: {" + target + "}\n  patch: '[" + list + "]'\n";
}

// "app=db tier=? +": values that are unknown have a question mark, a set that may have more a plus.
std::string selector(const std::string& patches) {
  const Index index = patched(patches);
  const Labels labels = index.selector(object(index, Kind::kService, "db"));
  std::string text;
  for (const auto& [key, value] : labels.known) {
    text += (text.empty() ? "" : " ") + key + "=" + value.value_or("?");
  }
  return labels.open ? text + " +" : text;
}

// What the one build makes of a field.
std::string field(const std::string& patches, const std::string& pointer = "/spec/type") {
  const Index index = patched(patches);
  const auto variants = index.variants(object(index, Kind::kService, "db"), pointer);
  EXPECT_EQ(variants.size(), 1U);
  if (!variants.front().known) return "unknown";
  if (!variants.front().value.exists()) return "removed";
  return std::string(variants.front().value.text()) +
         (variants.front().writer ? " by " + variants.front().writer->file->path : "");
}

TEST(PatchValues, AStrategicMergeSetsAndRemoves) {
  EXPECT_EQ(selector(merge("{selector: {app: web}}")), "app=web tier=data");
  EXPECT_EQ(selector(merge("{selector: {tier: null, part: a}}")), "app=db part=a");
  EXPECT_EQ(selector(merge("{selector: null}")), "");
  EXPECT_EQ(selector(merge("{selector: {$patch: replace, app: web}}")), "app=? tier=? +");
  EXPECT_EQ(selector(merge("{selector: {app: 1}}")), "app=? tier=data");
  EXPECT_EQ(field(merge("{type: ExternalName}")), "ExternalName by prod/kustomization.yaml");
  EXPECT_EQ(field(merge("{type: null}")), "removed");
  EXPECT_EQ(field(merge("{clusterIP: None}")), "ClusterIP");
}

TEST(PatchValues, OperationsSetAndRemove) {
  EXPECT_EQ(selector(operations("{op: replace, path: /spec/selector/app, value: web}")),
            "app=web tier=data");
  EXPECT_EQ(selector(operations("{op: remove, path: /spec/selector/tier}")), "app=db");
  EXPECT_EQ(selector(operations("{op: replace, path: /spec/selector, value: {app: x}}")), "app=x");
  EXPECT_EQ(selector(operations("{op: add, path: /spec/selector/a~1b, value: x}")),
            "a/b=x app=db tier=data");
  EXPECT_EQ(selector(operations("{op: copy, path: /spec/selector, from: /metadata/labels}")),
            "app=? tier=? +");
  EXPECT_EQ(selector(operations("{op: test, path: /spec/selector/app, value: x}")),
            "app=db tier=data");
  EXPECT_EQ(field(operations("{op: replace, path: /spec, value: {type: NodePort}}")),
            "NodePort by prod/kustomization.yaml");
  EXPECT_EQ(field(operations("{op: remove, path: /spec/type}")), "removed");
  EXPECT_EQ(field(operations("{op: move, from: /spec/type, path: /spec/x}")), "unknown");
}

TEST(PatchValues, WhatMayMeanAnotherObjectIsUnknown) {
  const std::string web = "{op: replace, path: /spec/selector/app, value: web}";
  EXPECT_EQ(selector(operations(web, "kind: Service, name: db")), "app=web tier=data");
  EXPECT_EQ(selector(operations(web, "kind: Service, name: other")), "app=db tier=data");
  EXPECT_EQ(selector(operations(web, "kind: Service, name: (db|web)")), "app=? tier=data");
  EXPECT_EQ(selector(operations(web, "kind: Service, labelSelector: a=b")), "app=? tier=data");
}

TEST(PatchValues, EachBuildHasItsOwn) {
  const Index index = project(
      {{"base/kustomization.yaml", "resources: [svc.yaml]\n"},
       {"base/svc.yaml", kService},
       {"dev/kustomization.yaml", "resources: [../base]\n"},
       {"prod/kustomization.yaml", "resources: [../base]\n" + merge("{selector: {app: web}}")}});
  const Object& db = object(index, Kind::kService, "db");
  const auto builds = index.builds_of(db);
  ASSERT_EQ(builds.size(), 2U);
  EXPECT_EQ(index.root_of(builds[0]).file->path, "dev/kustomization.yaml");
  EXPECT_EQ(index.selector(db, builds[0]).known.at("app"), "db");
  EXPECT_EQ(index.selector(db, builds[1]).known.at("app"), "web");
  EXPECT_EQ(index.selector(db).known.at("app"), std::nullopt);
  EXPECT_EQ(index.selector(db).known.at("tier"), "data");
}

TEST(PatchValues, TokensAreUnescaped) {
  EXPECT_EQ(unescaped_token("a~1b~0c"), "a/b~c");
  EXPECT_EQ(unescaped_token("a"), "a");
}

}  // namespace
}  // namespace sts::lint
