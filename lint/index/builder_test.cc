#include "lint/index/builder.h"

#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace sts::lint {
namespace {

using testing::document;
using testing::object;
using testing::project;
using testing::service;
using testing::set;

std::vector<std::string> names(const Index& index) {
  std::vector<std::string> all;
  for (const Object& each : index.objects()) all.emplace_back(each.name);
  return all;
}

using Names = std::vector<std::string>;

Kind kind_in(const std::string& api_version, const std::string& kind) {
  const Index index = project({{"a.yaml", document(api_version, kind, "a")}});
  return index.objects().empty() ? Kind::kOther : index.objects().front().kind;
}

TEST(IndexBuilder, KindsAreByGroup) {
  EXPECT_EQ(kind_in("apps/v1", "StatefulSet"), Kind::kStatefulSet);
  EXPECT_EQ(kind_in("apps/v1beta2", "StatefulSet"), Kind::kStatefulSet);
  EXPECT_EQ(kind_in("extensions/v1beta1", "DaemonSet"), Kind::kDaemonSet);
  EXPECT_EQ(kind_in("extensions/v1beta1", "StatefulSet"), Kind::kOther);
  EXPECT_EQ(kind_in("apps.kruise.io/v1beta1", "StatefulSet"), Kind::kOther);
  EXPECT_EQ(kind_in("v1", "StatefulSet"), Kind::kOther);
  EXPECT_EQ(kind_in("v1", "Service"), Kind::kService);
  EXPECT_EQ(kind_in("serving.knative.dev/v1", "Service"), Kind::kOther);
  EXPECT_EQ(kind_in("batch/v1beta1", "CronJob"), Kind::kCronJob);
  EXPECT_EQ(kind_in("policy/v1beta1", "PodDisruptionBudget"), Kind::kPodDisruptionBudget);
  EXPECT_EQ(kind_in("keda.sh/v1alpha1", "ScaledObject"), Kind::kScaledObject);
}

TEST(IndexBuilder, WhatIsNoObjectIsPassedOver) {
  const Index index = project({{"values.yaml", "image: a\nkind: of\n"},
                               {"list.yaml", "- apiVersion: v1\n- kind: Service\n"},
                               {"half.yaml", "kind: Service\nmetadata: {name: x}\n"}});
  EXPECT_EQ(names(index), Names{});
}

TEST(IndexBuilder, ObjectsStandInTheOrderOfPathsAndPlaces) {
  const Index index = project({{"b.yaml", set("three") + service("four")},
                               {"a/z.yaml", service("two")},
                               {"a.yaml", service("one")}});
  EXPECT_EQ(names(index), (Names{"one", "two", "three", "four"}));
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(index.objects()[i].ordinal, i);
  EXPECT_EQ(index.of_kind(Kind::kService).size(), 3U);
}

TEST(IndexBuilder, ListsAreUnrolled) {
  const std::string items = R"(items:
  - {apiVersion: v1, kind: Service, metadata: {name: one}}
  - {apiVersion: v1, kind: Secret, metadata: {name: passed-over}}
  - apiVersion: v1
    kind: List
    items: [{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: two, uid: 7d1e}}]
)";
  const Index index = project({{"list.yaml", "apiVersion: v1\nkind: List\n" + items},
                               {"typed.yaml", R"(
apiVersion: apps/v1
kind: StatefulSetList
items: [{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: three}}]
)"},
                               {"openshift.yaml", R"(
apiVersion: template.openshift.io/v1
kind: Template
objects: [{apiVersion: v1, kind: Service, metadata: {name: "${NAME}"}}]
)"}});
  EXPECT_EQ(names(index), (Names{"one", "two", "", "three"}));
  EXPECT_TRUE(object(index, Kind::kStatefulSet, "two").from_cluster);
  EXPECT_FALSE(object(index, Kind::kStatefulSet, "three").from_cluster);
}

TEST(IndexBuilder, JsonFromKubectlIsUnrolled) {
  const Index index = project({{"<stdin>", R"({
  "apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""},
  "items": [{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db", "uid": "1"}}]
})"}});
  EXPECT_EQ(names(index), Names{"db"});
  EXPECT_TRUE(index.objects().front().from_cluster);
}

TEST(IndexBuilder, CountsTheObjectsOfAFile) {
  const auto source = std::make_shared<kube::SourceFile>(
      "a.yaml", set("db") + document("v1", "Secret", "s") + "---\n# nothing\n---\nfoo: bar\n" +
                    "---\n{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret}, "
                    "{apiVersion: v1, kind: Service}]}\n");
  auto file = std::make_shared<ProjectFile>();
  file->source = source;
  file->path = "a.yaml";
  kube::ReadOptions options;
  options.wanted = IndexBuilder::wanted_kind;
  IndexBuilder builder({}, {});
  EXPECT_EQ(builder.add(file, kube::read_documents(source, options)), 4U);
}

TEST(IndexBuilder, WantsTheKindsOfRulesAndKustomizations) {
  for (const char* kind : {"StatefulSet", "Service", "List", "ServiceList", "Template",
                           "Kustomization", "Component", "ConfigMap", "ScaledObject", ""}) {
    EXPECT_TRUE(IndexBuilder::wanted_kind(kind)) << kind;
  }
  for (const char* kind : {"Secret", "CustomResourceDefinition", "ClusterRole", "Ingress"}) {
    EXPECT_FALSE(IndexBuilder::wanted_kind(kind)) << kind;
  }
}

TEST(IndexBuilder, HelmsSourceCommentIsKept) {
  const std::string text =
      "---\n# Source: db/templates/service.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: "
      "db}\n---\n# a remark\n# Source: db/templates/sts.yaml\napiVersion: apps/v1\nkind: "
      "StatefulSet\nmetadata: {name: db}\nspec:\n  # Source: not this\n---\napiVersion: v1\nkind: "
      "Service\nmetadata: {name: plain}\n";
  const Index index = project({{"rendered.yaml", text}});
  const Object& svc = object(index, Kind::kService, "db");
  EXPECT_EQ(svc.rendered_from, "db/templates/service.yaml");
  ASSERT_TRUE(svc.source_comment);
  EXPECT_EQ(svc.file->source->position(svc.source_comment->begin).line, 2U);
  EXPECT_EQ(svc.file->source->position(svc.source_comment->end).column, 36U);
  EXPECT_EQ(object(index, Kind::kStatefulSet, "db").rendered_from, "db/templates/sts.yaml");
  EXPECT_EQ(object(index, Kind::kService, "plain").rendered_from, "");
}

TEST(IndexBuilder, KustomizesOriginAnnotationIsKept) {
  const Index index = project({{"out.yaml", service("db", "", R"(  annotations:
    config.kubernetes.io/origin: |
      path: base/service.yaml
      repo: https://example.com/infra
)")}});
  EXPECT_EQ(index.objects().front().rendered_from, "base/service.yaml");
  EXPECT_FALSE(index.objects().front().source_comment);
}

TEST(IndexBuilder, APlaceholderIsNoName) {
  const Index index = project({{"a.yaml", set("${NAME}")}});
  EXPECT_EQ(index.objects().front().name, "");
  EXPECT_EQ(index.objects().front().identity().kind, "StatefulSet");
}

}  // namespace
}  // namespace sts::lint
