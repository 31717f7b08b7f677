#include "lint/model/workload.h"

#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::lint {
namespace {

using testing::document;
using testing::project;
using testing::set;

const Object& first(const Index& index) { return index.objects().front(); }

std::string pointer_of(const std::string& api_version, const std::string& kind,
                       const std::string& spec) {
  const Index index = project({{"a.yaml", document(api_version, kind, "a", "", "", spec)}});
  const PodTemplate pods = pod_template(first(index));
  return pods ? pods.pointer + "!" : "none";
}

TEST(PodTemplates, AreWhereEachKindHasThem) {
  const std::string workload = "spec: {template: {spec: {containers: []}}}\n";
  EXPECT_EQ(pointer_of("apps/v1", "StatefulSet", workload), "/spec/template!");
  EXPECT_EQ(pointer_of("apps/v1", "DaemonSet", workload), "/spec/template!");
  EXPECT_EQ(pointer_of("batch/v1", "Job", workload), "/spec/template!");
  EXPECT_EQ(pointer_of("v1", "Pod", "spec: {containers: []}\n"), "!");
  EXPECT_EQ(pointer_of("batch/v1", "CronJob",
                       "spec: {jobTemplate: {spec: {template: {spec: {containers: []}}}}}\n"),
            "/spec/jobTemplate/spec/template!");
  EXPECT_EQ(pointer_of("v1", "Service", workload), "none");
  EXPECT_EQ(pointer_of("apps/v1", "StatefulSet", "spec: {}\n"), "none");
  EXPECT_EQ(pointer_of("apps/v1", "StatefulSet", "spec: {template: {spec: \"${X}\"}}\n"), "none");
}

TEST(PodTemplates, GiveContainersInOrderWithTheirRoles) {
  const Index index = project({{"a.yaml", set("a", "", "", R"(spec:
  template:
    spec:
      ephemeralContainers: [{name: debug}]
      initContainers:
        - {name: wait, image: busybox}
        - {name: proxy, restartPolicy: Always}
        - not a container
      containers:
        - {name: db, image: 16}
      volumes: [{name: data}, {name: config}]
)")}});
  const PodTemplate pods = pod_template(first(index));
  const std::vector<Container> all = pods.containers();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].name, "db");
  EXPECT_EQ(all[0].role, ContainerRole::kMain);
  EXPECT_EQ(all[0].image, "");
  EXPECT_EQ(all[1].name, "wait");
  EXPECT_EQ(all[1].role, ContainerRole::kInit);
  EXPECT_EQ(all[1].image, "busybox");
  EXPECT_EQ(all[2].role, ContainerRole::kSidecar);
  EXPECT_EQ(all[3].role, ContainerRole::kEphemeral);
  EXPECT_EQ(pods.volume("config").pointer(), "/spec/template/spec/volumes/1");
  EXPECT_FALSE(pods.volume("other").exists());
}

struct Read {
  explicit Read(const std::string& spec)
      : index(project({{"a.yaml", set("a", "", "", "spec:" + spec + "\n")}})), view(first(index)) {}
  Index index;
  StatefulSetView view;
};

TEST(StatefulSetViews, HaveTheDefaultsOfTheApi) {
  const Read read(" {}");
  EXPECT_EQ(read.view.replicas, 1);
  EXPECT_EQ(read.view.start, 0);
  EXPECT_FALSE(read.view.start_unknown);
  EXPECT_FALSE(read.view.parallel);
  EXPECT_EQ(read.view.service_name, "");
  EXPECT_FALSE(read.view.service_name_unknown);
  EXPECT_TRUE(read.view.claim_templates().empty());
}

TEST(StatefulSetViews, ReadWhatIsWritten) {
  const Read read(
      " {replicas: 3, serviceName: db, podManagementPolicy: Parallel, ordinals: {start: 5},"
      " volumeClaimTemplates: [{metadata: {name: data}}, 7, {metadata: {name: logs}}]}");
  EXPECT_EQ(read.view.replicas, 3);
  EXPECT_EQ(read.view.start, 5);
  EXPECT_TRUE(read.view.parallel);
  EXPECT_EQ(read.view.service_name, "db");
  EXPECT_EQ(read.view.claim_templates().size(), 2U);
  EXPECT_EQ(read.view.claim_template("logs").pointer(), "/spec/volumeClaimTemplates/2");
  EXPECT_FALSE(read.view.claim_template("other").exists());
}

TEST(StatefulSetViews, NullIsAbsent) {
  const Read read(" {replicas: null, serviceName: null, ordinals: null}");
  EXPECT_EQ(read.view.replicas, 1);
  EXPECT_FALSE(read.view.service_name_unknown);
  EXPECT_FALSE(read.view.start_unknown);
}

TEST(StatefulSetViews, PlaceholdersAreUnknown) {
  const Read read(" {replicas: \"${N}\", serviceName: \"${S}\", ordinals: {start: \"${O}\"}}");
  EXPECT_EQ(read.view.replicas, std::nullopt);
  EXPECT_EQ(read.view.service_name, "");
  EXPECT_TRUE(read.view.service_name_unknown);
  EXPECT_TRUE(read.view.start_unknown);
}

TEST(StatefulSetViews, KustomizationsAndAutoscalersTakeTheCountAway) {
  const Index kustomized =
      project({{"kustomization.yaml", "resources: [a.yaml]\nreplicas: [{name: a, count: 9}]\n"},
               {"a.yaml", set("a", "", "", "spec: {replicas: 3}\n")}});
  EXPECT_EQ(StatefulSetView(first(kustomized)).replicas, std::nullopt);
  const Index patched = project({{"kustomization.yaml", R"(
resources: [a.yaml]
patches:
  - target: {kind: StatefulSet}
    patch: "[{op: replace, path: /spec/serviceName, value: b}]"
)"},
                                 {"a.yaml", set("a", "", "", "spec: {serviceName: a}\n")}});
  EXPECT_TRUE(StatefulSetView(first(patched)).service_name_unknown);
  EXPECT_EQ(StatefulSetView(first(patched)).replicas, 1);
}

}  // namespace
}  // namespace sts::lint
