#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::lint {
namespace {

using testing::object;
using testing::project;
using testing::service;
using testing::set;
using testing::TestFile;

// "" where absence is proven, else why it is not.
std::string doubt(std::vector<TestFile> files, Options options = {}) {
  files.push_back({"apps/db/sts.yaml", set("db")});
  const Index index = project(files, std::move(options));
  const Object& from = object(index, Kind::kStatefulSet, "db", "apps/db/sts.yaml");
  const Reference reference = index.find(from, Kind::kService, "db-headless");
  EXPECT_NE(reference.answer, Answer::kFound);
  return reference.answer == Answer::kAbsent ? "" : reference.reason;
}

const std::string kServiceTemplate =
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n{{- if .x }}\n{{ end "
    "}}\n";
const std::string kSecretTemplate =
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Values.name }}\n{{- if .x }}\n{{ end "
    "}}\n";

TEST(IndexCompleteness, AbsenceIsProvenInAProject) {
  EXPECT_EQ(doubt({{"apps/db/svc.yaml", service("other")}}), "");
}

TEST(IndexCompleteness, ATemplateNearMayBringIt) {
  EXPECT_EQ(doubt({{"apps/db/chart/templates/svc.yaml", kServiceTemplate}}),
            "the template apps/db/chart/templates/svc.yaml may bring it");
  EXPECT_EQ(doubt({{"apps/charts/db/templates/svc.yaml", kServiceTemplate}}),
            "the template apps/charts/db/templates/svc.yaml may bring it");
}

TEST(IndexCompleteness, ATemplateInAnotherPartOfTheProjectDoesNot) {
  EXPECT_EQ(doubt({{"charts/web/templates/svc.yaml", kServiceTemplate}}), "");
}

TEST(IndexCompleteness, ATemplateCountsFromItsChartsFolder) {
  EXPECT_EQ(doubt({{"templates/deep/svc.yaml", kServiceTemplate}}),
            "the template templates/deep/svc.yaml may bring it");
}

TEST(IndexCompleteness, ATemplateOfAnotherKindDoesNot) {
  EXPECT_EQ(doubt({{"apps/db/chart/templates/secret.yaml", kSecretTemplate}}), "");
}

TEST(IndexCompleteness, ATemplatedKindOrAnIncludeMayBeAnything) {
  EXPECT_EQ(doubt({{"apps/db/t.yaml", "kind: {{ .kind }}\n{{- if .x }}\na: b\n{{ end }}\n"}}),
            "the template apps/db/t.yaml may bring it");
  EXPECT_EQ(doubt({{"apps/db/templates/t.yaml", "{{- include \"common.all\" . }}\n"}}),
            "the template apps/db/templates/t.yaml may bring it");
}

TEST(IndexCompleteness, ATemplateThatParsesIsAnObjectWithoutAName) {
  EXPECT_EQ(doubt({{"templates/svc.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .name }}-headless\n"}}),
            "Service \"{{ .name }}-headless\" (templates/svc.yaml) may become it");
  EXPECT_EQ(doubt({{"templates/svc.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .name }}-client\n"}}),
            "");
}

TEST(IndexCompleteness, ABrokenDocumentMayHoldIt) {
  EXPECT_EQ(doubt({{"apps/db/svc.yaml", "kind: Service\nmetadata: {name: 'db\n"}}),
            "the broken document in apps/db/svc.yaml may bring it");
  EXPECT_EQ(doubt({{"apps/db/svc.yaml", "kind: Secret\nmetadata: {name: 'db\n"}}), "");
}

TEST(IndexCompleteness, ARemoteBaseMayBringIt) {
  EXPECT_EQ(doubt({{"apps/db/kustomization.yaml",
                    "resources:\n- sts.yaml\n- https://example.com/infra//db?ref=v1\n"}}),
            "\"https://example.com/infra//db?ref=v1\", which apps/db/kustomization.yaml takes in "
            "and which is not in this project, may bring it");
}

TEST(IndexCompleteness, AResourceThatIsNotInTheProjectMayBringIt) {
  EXPECT_EQ(
      doubt({{"apps/db/kustomization.yaml", "resources: [sts.yaml, generated.yaml]\n"}}),
      "\"generated.yaml\", which apps/db/kustomization.yaml takes in and which is not in this "
      "project, may bring it");
}

TEST(IndexCompleteness, AChartThatKustomizeInflatesMayBringIt) {
  const std::string chart = "helmCharts: [{name: postgresql, repo: https://example.com}]\n";
  EXPECT_EQ(doubt({{"apps/db/kustomization.yaml", "resources: [sts.yaml]\n" + chart}}),
            "what apps/db/kustomization.yaml generates may bring it");
  // For what stands below it, and for what is built beside it from near by.
  EXPECT_EQ(doubt({{"apps/kustomization.yaml", chart}}),
            "what apps/kustomization.yaml generates may bring it");
  EXPECT_EQ(doubt({{"apps/kustomization.yaml", "resources: [db/sts.yaml, pg]\n"},
                   {"apps/pg/kustomization.yaml", chart}}),
            "what apps/pg/kustomization.yaml generates may bring it");
}

TEST(IndexCompleteness, AChartElsewhereDoesNot) {
  const std::string chart = "helmCharts: [{name: postgresql, repo: https://example.com}]\n";
  EXPECT_EQ(doubt({{"infra/pg/kustomization.yaml", chart}}), "");
  EXPECT_EQ(doubt({{"apps/db/kustomization.yaml", "resources: [sts.yaml]\n"},
                   {"infra/pg/kustomization.yaml", chart},
                   {"cluster/kustomization.yaml", "resources: [../apps/db, ../infra/pg]\n"}}),
            "");
}

TEST(IndexCompleteness, AReleaseInstallsWhatNobodySees) {
  const std::string release =
      testing::document("helm.toolkit.fluxcd.io/v2", "HelmRelease", "pg", "", "", "spec: {}\n");
  EXPECT_EQ(doubt({{"apps/db/release.yaml", release}}),
            "what HelmRelease \"pg\" (apps/db/release.yaml) installs may bring it");
  EXPECT_EQ(doubt({{"apps/web/release.yaml", release}}), "");
  EXPECT_EQ(
      doubt({{"apps/db/app.yaml", testing::document("app.k8s.io/v1beta1", "Application", "db")}}),
      "");
}

TEST(IndexCompleteness, TheUserOverrules) {
  Options complete;
  complete.assume = Completeness::kComplete;
  EXPECT_EQ(doubt({{"apps/db/chart/templates/svc.yaml", kServiceTemplate}}, complete), "");
}

TEST(IndexCompleteness, AGeneratedConfigMapIsThere) {
  const Index index = project(
      {{"kustomization.yaml", "resources: [sts.yaml]\nconfigMapGenerator: [{name: scripts}]\n"},
       {"sts.yaml", set("db")}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  const Reference generated = index.find(from, Kind::kConfigMap, "scripts");
  EXPECT_EQ(generated.answer, Answer::kUnknown);
  EXPECT_EQ(generated.reason, "kustomization.yaml generates it");
  EXPECT_EQ(index.find(from, Kind::kConfigMap, "other").answer, Answer::kAbsent);
}

}  // namespace
}  // namespace sts::lint
