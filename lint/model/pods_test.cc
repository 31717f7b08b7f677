#include "lint/model/pods.h"

#include "lint/index/testing.h"
#include "lint/model/scale.h"
#include "lint/model/service.h"

#include <gtest/gtest.h>

namespace sts::lint {
namespace {

Labels labels(std::initializer_list<std::pair<const std::string, std::string>> pairs) {
  Labels result;
  for (const auto& [key, value] : pairs) result.known.emplace(key, value);
  return result;
}

constexpr const char* kDb = R"(
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 3
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: x}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}}
)";

TEST(Pods, LabelsOfControllersCountInSelectors) {
  const Index index = testing::project({{"db.yaml", kDb}});
  const Object& set = testing::object(index, Kind::kStatefulSet, "db");
  const auto match = [&](const Labels& selector) { return selects_pods(selector, set, index); };
  EXPECT_EQ(match(labels({{"app", "db"}})), Match::kYes);
  EXPECT_EQ(match(labels({{"app", "web"}})), Match::kNo);
  EXPECT_EQ(match(Labels()), Match::kNo) << "an empty selector selects nothing";
  EXPECT_EQ(match(labels({{"statefulset.kubernetes.io/pod-name", "db-2"}})), Match::kYes);
  EXPECT_EQ(match(labels({{"statefulset.kubernetes.io/pod-name", "web-2"}})), Match::kNo);
  EXPECT_EQ(match(labels({{"apps.kubernetes.io/pod-index", "0"}})), Match::kYes);
  EXPECT_EQ(match(labels({{"apps.kubernetes.io/pod-index", "first"}})), Match::kNo);
  EXPECT_EQ(match(labels({{"controller-revision-hash", "db-1"}})), Match::kUnknown);
  EXPECT_EQ(match(labels({{"app", "db"}, {"role", "master"}})), Match::kUnknown);
  EXPECT_EQ(match(labels({{"app", "web"}, {"role", "master"}})), Match::kNo);
}

TEST(Pods, TheTableMakesLabelsOnce) {
  const Index index = testing::project({{"db.yaml", kDb}});
  const Object& set = testing::object(index, Kind::kStatefulSet, "db");
  const auto& table = index.derived<PodTable>();
  EXPECT_EQ(&table.labels(set), &table.labels(set));
  EXPECT_EQ(table.labels(set).known, pod_labels(set, index).known);
}

TEST(Pods, NamesTheKeyThatMisses) {
  const Index index = testing::project({{"db.yaml", kDb}});
  const Object& set = testing::object(index, Kind::kStatefulSet, "db");
  EXPECT_EQ(mismatching_pod_key(labels({{"app", "db"}, {"tier", "x"}}), set, index), "tier");
  EXPECT_EQ(
      mismatching_pod_key(labels({{"statefulset.kubernetes.io/pod-name", "web-0"}}), set, index),
      "statefulset.kubernetes.io/pod-name");
  EXPECT_EQ(mismatching_pod_key(labels({{"app", "db"}}), set, index), "");
}

TEST(Pods, LabelsSetOnRunningPods) {
  for (const char* key : {"role", "spilo-role", "security.istio.io/tlsMode", "vault-active",
                          "topology.kubernetes.io/zone", "example.com/leader"}) {
    EXPECT_TRUE(is_set_at_run_time(key)) << key;
  }
  for (const char* key : {"app", "app.kubernetes.io/name", "tier", "release", "notistio.io.x/a"}) {
    EXPECT_FALSE(is_set_at_run_time(key)) << key;
  }
}

TEST(Service, HeadlessIsThreeValued) {
  const auto headless = [](const std::string& spec) {
    const Index index = testing::project(
        {{"s.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: " + spec + "\n"}});
    return ServiceView(testing::object(index, Kind::kService, "s")).headless;
  };
  EXPECT_EQ(headless("{clusterIP: None}"), true);
  EXPECT_EQ(headless("{clusterIPs: [None]}"), true);
  EXPECT_EQ(headless("{clusterIP: ''}"), false);
  EXPECT_EQ(headless("{clusterIP: none}"), false);
  EXPECT_EQ(headless("{clusterIP: null}"), false);
  EXPECT_EQ(headless("{}"), false);
  EXPECT_EQ(headless("{clusterIP: '${IP}'}"), std::nullopt);
}

TEST(Service, GovernedBy) {
  const Index index = testing::project({{"db.yaml", kDb}});
  const Object& service = testing::object(index, Kind::kService, "db");
  const auto& sets = index.derived<Governed>().sets_of(service);
  ASSERT_EQ(sets.size(), 1u);
  EXPECT_EQ(sets[0]->name, "db");
}

TEST(Scale, AutoscalersDecideTheNumber) {
  const std::string hpa = R"(
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: db}
spec: {scaleTargetRef: {kind: StatefulSet, name: db}, maxReplicas: 7}
)";
  const std::string keda = R"(
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: db}
spec: {scaleTargetRef: {kind: StatefulSet, name: db}}
)";
  const auto scale = [](const std::string& text) {
    const Index index = testing::project({{"db.yaml", text}});
    const Scale result =
        scale_of(StatefulSetView(testing::object(index, Kind::kStatefulSet, "db")), index);
    return std::pair(result.least, result.most);
  };
  EXPECT_EQ(scale(kDb), std::pair(std::optional<std::int64_t>(3), std::optional<std::int64_t>(3)));
  EXPECT_EQ(scale(kDb + hpa),
            std::pair(std::optional<std::int64_t>(1), std::optional<std::int64_t>(7)));
  EXPECT_EQ(scale(kDb + keda),
            std::pair(std::optional<std::int64_t>(0), std::optional<std::int64_t>(100)));
}

}  // namespace
}  // namespace sts::lint
