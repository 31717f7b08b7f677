#include "lint/index/testing.h"
#include "lint/model/workload.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sts::lint {
namespace {

using testing::document;
using testing::object;
using testing::project;
using testing::service;
using testing::set;

TEST(IndexTogether, OneFileOrFolderOrBuild) {
  const Index index =
      project({{"a/one.yaml", set("one") + service("one") + service("far", "other")},
               {"a/two.yaml", service("two")},
               {"b/three.yaml", service("three")},
               {"c/kustomization.yaml", "resources: [four.yaml, ../d]\n"},
               {"c/four.yaml", set("four")},
               {"c/left-out.yaml", service("left-out")},
               {"d/kustomization.yaml", "resources: [five.yaml]\n"},
               {"d/five.yaml", service("five")}});
  const Object& one = object(index, Kind::kStatefulSet, "one");
  EXPECT_TRUE(index.together(one, object(index, Kind::kService, "one")));
  EXPECT_TRUE(index.together(one, object(index, Kind::kService, "two")));
  EXPECT_FALSE(index.together(one, object(index, Kind::kService, "three")));
  const Object& four = object(index, Kind::kStatefulSet, "four");
  EXPECT_TRUE(index.together(four, object(index, Kind::kService, "five")));
  EXPECT_FALSE(index.together(four, object(index, Kind::kService, "left-out")));
  EXPECT_TRUE(index.built_together(four, object(index, Kind::kService, "five")));
  EXPECT_FALSE(index.built_together(one, object(index, Kind::kService, "one")));
}

TEST(IndexTogether, FilesThatDefineTheSameAreAlternatives) {
  const Index index = project({{"one/a.yaml", set("db") + service("db")},
                               {"one/b.yaml", service("db") + set("web")},
                               {"many/a.yaml", set("db") + service("db")},
                               {"many/b.yaml", set("db") + service("db")},
                               {"envs/a.yaml", set("db", "dev") + service("dev", "dev")},
                               {"envs/b.yaml", set("db", "prod") + set("web", "dev")}});
  const auto together = [&](Kind kind, const std::string& a, const std::string& in_a, Kind other,
                            const std::string& b, const std::string& in_b) {
    return index.together(object(index, kind, a, in_a), object(index, other, b, in_b));
  };
  const Kind sets = Kind::kStatefulSet;
  const Kind services = Kind::kService;
  EXPECT_TRUE(together(sets, "db", "one/a.yaml", services, "db", "one/a.yaml"));
  EXPECT_FALSE(together(sets, "db", "one/a.yaml", sets, "web", "one/b.yaml"));
  EXPECT_FALSE(together(services, "db", "one/a.yaml", services, "db", "one/b.yaml"));
  EXPECT_FALSE(together(services, "db", "many/a.yaml", services, "db", "many/b.yaml"));
  EXPECT_TRUE(together(services, "dev", "envs/a.yaml", sets, "web", "envs/b.yaml"));
}

TEST(IndexTogether, NotInDifferentNamespaces) {
  const Index index = project({{"a.yaml", set("db", "one") + service("db", "two")}});
  EXPECT_FALSE(
      index.together(object(index, Kind::kStatefulSet, "db"), object(index, Kind::kService, "db")));
}

std::string scaler(const std::string& target, const std::string& name_space = "") {
  return document("autoscaling/v2", "HorizontalPodAutoscaler", "hpa", name_space, "",
                  "spec:\n  scaleTargetRef: {" + target + "}\n");
}

std::size_t scalers_of_db(const std::string& text) {
  const Index index = project({{"a.yaml", set("db", "prod") + text}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  const StatefulSetView view(from, index);
  EXPECT_EQ(view.replicas.has_value(), index.scalers(from).empty());
  return index.scalers(from).size();
}

TEST(IndexScalers, AreThoseThatNameTheWorkload) {
  EXPECT_EQ(scalers_of_db(scaler("apiVersion: apps/v1, kind: StatefulSet, name: db")), 1U);
  EXPECT_EQ(scalers_of_db(scaler("kind: StatefulSet, name: db", "prod")), 1U);
  EXPECT_EQ(scalers_of_db(scaler("kind: StatefulSet, name: db", "dev")), 0U);
  EXPECT_EQ(scalers_of_db(scaler("kind: StatefulSet, name: web")), 0U);
  EXPECT_EQ(scalers_of_db(scaler("kind: Deployment, name: db")), 0U);
  EXPECT_EQ(scalers_of_db(scaler("kind: StatefulSet, name: \"${NAME}\"")), 1U);
  EXPECT_EQ(scalers_of_db(scaler("kind: StatefulSet, name: \"web-${NAME}\"")), 0U);
}

TEST(IndexScalers, KedaScalesDeploymentsByDefault) {
  const std::string keda = document("keda.sh/v1alpha1", "ScaledObject", "so", "", "",
                                    "spec: {scaleTargetRef: {name: db}}\n");
  EXPECT_EQ(scalers_of_db(keda), 0U);
  const Index index = project({{"a.yaml", document("apps/v1", "Deployment", "db") + keda}});
  EXPECT_EQ(index.scalers(object(index, Kind::kDeployment, "db")).size(), 1U);
}

TEST(IndexDistance, CountsStepsUpAndDown) {
  const Index index = project({{"a/b/one.yaml", set("one")}, {"a/c/d/two.yaml", set("two")}});
  const Object& one = object(index, Kind::kStatefulSet, "one");
  const Object& two = object(index, Kind::kStatefulSet, "two");
  EXPECT_EQ(Index::distance(one, two), std::pair(1, 2));
  EXPECT_EQ(Index::distance(two, one), std::pair(2, 1));
  EXPECT_EQ(Index::distance(one, one), std::pair(0, 0));
}

}  // namespace
}  // namespace sts::lint
