#include "lint/index/kustomize.h"

#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::lint {
namespace {

using testing::document;
using testing::object;
using testing::project;
using testing::service;
using testing::set;

const std::string kLabelled = "  labels: {app: db}\n";

std::vector<std::string> pointers(const Object& of) {
  std::vector<std::string> all;
  for (const PatchedBy& patch : of.patches) {
    all.insert(all.end(), patch.pointers.begin(), patch.pointers.end());
  }
  return all;
}

using Pointers = std::vector<std::string>;

const std::string kSet = set("db", "", "", R"(spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
        - {name: db, image: "postgres:16"}
        - {name: metrics, image: "registry.example:5000/exporter@sha256:00"}
      volumes:
        - {name: config, emptyDir: {}}
)");

const Object& only_set(const Index& index) { return object(index, Kind::kStatefulSet, "db"); }

TEST(IndexKustomize, TheNamespaceOfAKustomizationCounts) {
  const Index index = project({{"kustomization.yaml", "namespace: prod\nresources: [sts.yaml]\n"},
                               {"sts.yaml", set("db", "written")}});
  EXPECT_EQ(only_set(index).name_space.name, "prod");
  ASSERT_EQ(only_set(index).kustomizations.size(), 1U);
  EXPECT_EQ(only_set(index).kustomizations.front()->file->path, "kustomization.yaml");
}

TEST(IndexKustomize, TheOutermostNamespaceWins) {
  const Index index = project({{"base/kustomization.yml", "namespace: base\nresources: [a.yaml]\n"},
                               {"base/a.yaml", set("db")},
                               {"prod/Kustomization", "namespace: prod\nbases: [../base]\n"}});
  EXPECT_EQ(only_set(index).name_space.name, "prod");
  EXPECT_EQ(only_set(index).kustomizations.size(), 2U);
}

TEST(IndexKustomize, OverlaysThatDifferLeaveTheNamespaceUnknown) {
  const Index index =
      project({{"base/kustomization.yaml", "resources: [sts.yaml, svc.yaml]\n"},
               {"base/sts.yaml", set("db")},
               {"base/svc.yaml", service("db")},
               {"dev/kustomization.yaml", "namespace: dev\nresources: [../base]\n"},
               {"prod/kustomization.yaml", "namespace: prod\nresources: [../base, extra.yaml]\n"},
               {"prod/extra.yaml", service("extra")},
               {"elsewhere.yaml", service("other", "test")}});
  EXPECT_FALSE(only_set(index).name_space.known());
  // In every build the two are side by side, whatever it is called.
  EXPECT_EQ(index.same_namespace(only_set(index), object(index, Kind::kService, "db")),
            SameNamespace::kYes);
  EXPECT_EQ(index.same_namespace(only_set(index), object(index, Kind::kService, "extra")),
            SameNamespace::kYes);
  EXPECT_EQ(index.same_namespace(only_set(index), object(index, Kind::kService, "other")),
            SameNamespace::kNo);
  EXPECT_EQ(index.find_in(only_set(index), Kind::kService, "db", "prod").answer, Answer::kFound);
  EXPECT_EQ(index.find_in(only_set(index), Kind::kService, "db", "test").answer, Answer::kAbsent);
}

TEST(IndexKustomize, WhatOneBuildTakesInIsNearest) {
  const Index index =
      project({{"base/kustomization.yaml", "resources: [svc.yaml]\n"},
               {"base/svc.yaml", service("db")},
               {"overlays/dev/svc.yaml", service("db")},
               {"overlays/prod/kustomization.yaml", "resources: [../../base, sts.yaml]\n"},
               {"overlays/prod/sts.yaml", set("db")}});
  const Reference found = index.find(only_set(index), Kind::kService, "db");
  ASSERT_EQ(found.nearest.size(), 1U);
  EXPECT_EQ(found.first()->file->path, "base/svc.yaml");
}

TEST(IndexKustomize, NamesAreFoundBeforeAndAfterTheirPrefix) {
  const Index index =
      project({{"base/kustomization.yaml", "nameSuffix: -v1\nresources: [all.yaml]\n"},
               {"base/all.yaml", set("db") + service("db")},
               {"kustomization.yaml", "namePrefix: prod-\nresources: [base]\n"}});
  for (const std::string name : {"db", "db-v1", "prod-db-v1"}) {
    EXPECT_EQ(index.find(only_set(index), Kind::kService, name).answer, Answer::kFound) << name;
  }
  for (const std::string name : {"prod-db", "v1", "prod-db-v1-v1"}) {
    EXPECT_EQ(index.find(only_set(index), Kind::kService, name).answer, Answer::kAbsent) << name;
  }
}

TEST(IndexKustomize, CommonLabelsReachSelectorsAndTemplates) {
  const Index index = project(
      {{"kustomization.yaml", "commonLabels: {tier: data}\nresources: [sts.yaml, svc.yaml]\n"},
       {"sts.yaml", kSet},
       {"svc.yaml", service("db", "", kLabelled)}});
  const Object& svc = object(index, Kind::kService, "db");
  EXPECT_EQ(index.labels(svc).known.at("tier"), "data");
  EXPECT_EQ(index.labels(svc).known.at("app"), "db");
  EXPECT_EQ(index.selector(svc).known.at("tier"), "data");
  EXPECT_EQ(index.selector(only_set(index)).known.at("tier"), "data");
  EXPECT_EQ(index.template_labels(only_set(index)).known.at("tier"), "data");
  EXPECT_EQ(index.template_labels(only_set(index)).known.at("app"), "db");
  EXPECT_EQ(index.added_selector_labels(only_set(index)).known.size(), 1U);
}

TEST(IndexKustomize, LabelsReachWhatTheySay) {
  const Index index = project({{"kustomization.yaml", R"(
labels:
  - pairs: {owner: me}
  - pairs: {tier: data}
    includeTemplates: true
  - pairs: {part: store}
    includeSelectors: true
resources: [sts.yaml]
)"},
                               {"sts.yaml", kSet}});
  EXPECT_EQ(index.labels(only_set(index)).known.size(), 3U);
  const Labels pods = index.template_labels(only_set(index));
  EXPECT_EQ(pods.known.count("owner"), 0U);
  EXPECT_EQ(pods.known.at("tier"), "data");
  EXPECT_EQ(pods.known.at("part"), "store");
  const Labels selector = index.selector(only_set(index));
  EXPECT_EQ(selector.known.count("tier"), 0U);
  EXPECT_EQ(selector.known.at("part"), "store");
}

TEST(IndexKustomize, LabelsThatDifferBetweenOverlaysAreUnknown) {
  const Index index = project(
      {{"base/kustomization.yaml", "resources: [sts.yaml]\n"},
       {"base/sts.yaml", kSet},
       {"dev/kustomization.yaml", "commonLabels: {env: dev}\nresources: [../base]\n"},
       {"prod/kustomization.yaml", "commonLabels: {env: prod, tier: x}\nresources: [../base]\n"}});
  const Labels pods = index.template_labels(only_set(index));
  EXPECT_EQ(pods.known.at("env"), std::nullopt);
  EXPECT_EQ(pods.known.count("tier"), 0U);
  EXPECT_TRUE(pods.open);
  EXPECT_EQ(pods.known.at("app"), "db");
}

TEST(IndexKustomize, PatchFilesAreNoObjects) {
  const Index index = project({{"kustomization.yaml", R"(
resources: [sts.yaml]
patches:
  - path: one.yaml
patchesStrategicMerge:
  - two.yaml
patchesJson6902:
  - target: {version: v1, kind: StatefulSet, name: db}
    path: three.yaml
)"},
                               {"sts.yaml", kSet},
                               {"one.yaml", set("db", "", "", "spec: {replicas: 5}\n")},
                               {"two.yaml", set("db", "", "", "spec: {serviceName: other}\n")},
                               {"three.yaml", "- {op: replace, path: /spec/paused, value: 1}\n"}});
  EXPECT_EQ(index.objects().size(), 1U);
  EXPECT_EQ(pointers(only_set(index)),
            (Pointers{"/spec/replicas", "/spec/paused", "/spec/serviceName"}));
  EXPECT_TRUE(only_set(index).patched_at("/spec/replicas"));
  EXPECT_TRUE(only_set(index).patched_at("/spec"));
  EXPECT_FALSE(only_set(index).patched_at("/spec/template"));
  EXPECT_FALSE(only_set(index).patched_at("/spec/replica"));
}

TEST(IndexKustomize, DocumentsWithADirectiveAreNoObjects) {
  const Index index =
      project({{"sts.yaml", kSet},
               {"gone.yaml", service("db", "", "", "$patch: delete\n")},
               {"text.yaml", service("web", "", "", "spec: {note: the $patch directive}\n")}});
  EXPECT_EQ(index.objects().size(), 2U);
  EXPECT_EQ(index.named(Kind::kService, "db").size(), 0U);
}

TEST(IndexKustomize, InlinePatchesNameWhatTheyWrite) {
  const Index index = project({{"kustomization.yaml", R"(
resources: [sts.yaml, svc.yaml]
patches:
  - target: {kind: StatefulSet}
    patch: |-
      - op: add
        path: /spec/template/spec/volumes/-
        value: {name: more}
      - op: replace
        path: /spec/template/spec/containers/0/image
        value: postgres:17
      - op: test
        path: /spec/serviceName
        value: db
  - patch: |-
      apiVersion: v1
      kind: Service
      metadata: {name: db}
      spec: {clusterIP: None}
)"},
                               {"sts.yaml", kSet},
                               {"svc.yaml", service("db")}});
  EXPECT_EQ(pointers(only_set(index)),
            (Pointers{"/spec/template/spec/volumes", "/spec/template/spec/containers/0/image"}));
  EXPECT_EQ(pointers(object(index, Kind::kService, "db")), Pointers{"/spec/clusterIP"});
}

TEST(IndexKustomize, MergedListsAreFollowedByTheirKey) {
  const Index index =
      project({{"kustomization.yaml", "resources: [sts.yaml]\npatches: [{path: p.yaml}]\n"},
               {"sts.yaml", kSet},
               {"p.yaml", set("db", "", "  annotations: {a/b: c}\n", R"(spec:
  template:
    spec:
      containers:
        - name: metrics
          image: other
      volumes:
        - name: new
)")}});
  EXPECT_EQ(pointers(only_set(index)),
            (Pointers{"/metadata/annotations/a~1b", "/spec/template/spec/containers/1/image",
                      "/spec/template/spec/volumes"}));
}

TEST(IndexKustomize, APatchThatCannotBeReadWritesAnywhere) {
  const Index index =
      project({{"kustomization.yaml", "resources: [sts.yaml]\npatches: [{path: gone.yaml}]\n"},
               {"sts.yaml", kSet}});
  EXPECT_EQ(pointers(only_set(index)), Pointers{""});
  EXPECT_TRUE(only_set(index).patched_at("/spec/template"));
}

TEST(IndexKustomize, PatchesReachOnlyWhatTheyTarget) {
  const Index index = project({{"kustomization.yaml", R"yaml(
resources: [all.yaml]
patches:
  - target: {kind: StatefulSet, name: "web-.*"}
    patch: "[{op: replace, path: /spec/a, value: 1}]"
  - target: {kind: StatefulSet, name: "web"}
    patch: "[{op: replace, path: /spec/b, value: 1}]"
  - target: {name: "(web|db)"}
    patch: "[{op: replace, path: /spec/c, value: 1}]"
)yaml"},
                               {"all.yaml", set("web-a") + set("web") + service("x")},
                               {"other/all.yaml", set("web-b")}});
  EXPECT_EQ(pointers(object(index, Kind::kStatefulSet, "web-a")), (Pointers{"/spec/a", "/spec/c"}));
  EXPECT_EQ(pointers(object(index, Kind::kStatefulSet, "web")), (Pointers{"/spec/b", "/spec/c"}));
  EXPECT_EQ(pointers(object(index, Kind::kStatefulSet, "web-b")), Pointers{});
}

TEST(IndexKustomize, ReplicasAndImagesAreSet) {
  const Index index = project({{"kustomization.yaml", R"(
resources: [sts.yaml]
replicas: [{name: db, count: 5}, {name: other, count: 1}]
images: [{name: "registry.example:5000/exporter", newTag: v2}]
)"},
                               {"sts.yaml", kSet}});
  EXPECT_EQ(pointers(only_set(index)),
            (Pointers{"/spec/replicas", "/spec/template/spec/containers/1/image"}));
}

TEST(IndexKustomize, ComponentsTransformWhatTheirUserGathers) {
  const Index index =
      project({{"kustomization.yaml", "resources: [sts.yaml]\ncomponents: [parts/tls]\n"},
               {"sts.yaml", kSet},
               {"parts/tls/kustomization.yaml", R"(
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
namespace: secure
resources: [svc.yaml]
patches:
  - path: sts.yaml
)"},
               {"parts/tls/svc.yaml", service("tls")},
               {"parts/tls/sts.yaml", set("db", "", "", "spec: {replicas: 2}\n")}});
  EXPECT_EQ(index.objects().size(), 2U);
  EXPECT_EQ(only_set(index).name_space.name, "secure");
  EXPECT_EQ(pointers(only_set(index)), Pointers{"/spec/replicas"});
  EXPECT_TRUE(index.together(only_set(index), object(index, Kind::kService, "tls")));
}

TEST(IndexKustomize, KustomizationsInACircleStillHoldTheirFiles) {
  const Index index =
      project({{"a/kustomization.yaml", "resources: [../b, sts.yaml]\nnamespace: prod\n"},
               {"a/sts.yaml", kSet},
               {"b/kustomization.yaml", "resources: [../a]\n"}});
  EXPECT_EQ(only_set(index).kustomizations.size(), 1U);
  EXPECT_EQ(only_set(index).name_space.name, "prod");
}

TEST(IndexKustomize, FluxKustomizationsAreNone) {
  const Index index =
      project({{"kustomization.yaml", document("kustomize.toolkit.fluxcd.io/v1", "Kustomization",
                                               "apps", "", "", "spec: {path: ./apps}\n")},
               {"sts.yaml", kSet}});
  EXPECT_EQ(only_set(index).kustomizations.size(), 0U);
}

}  // namespace
}  // namespace sts::lint
