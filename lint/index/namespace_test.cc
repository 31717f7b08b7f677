#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint {
namespace {

using testing::object;
using testing::project;
using testing::service;
using testing::set;

SameNamespace same(const std::string& a, const std::string& b, Options options = {}) {
  const Index index =
      project({{"a.yaml", set("db", a)}, {"b.yaml", service("db", b)}}, std::move(options));
  return index.same_namespace(object(index, Kind::kStatefulSet, "db"),
                              object(index, Kind::kService, "db"));
}

Options ambient(std::string name) {
  Options options;
  options.ambient_namespace = std::move(name);
  return options;
}

TEST(IndexNamespaces, ExplicitOnesAreComparedByName) {
  EXPECT_EQ(same("prod", "prod"), SameNamespace::kYes);
  EXPECT_EQ(same("prod", "dev"), SameNamespace::kNo);
}

TEST(IndexNamespaces, UnsetAgainstExplicitIsPossible) {
  EXPECT_EQ(same("", "prod"), SameNamespace::kPossible);
  EXPECT_EQ(same("default", ""), SameNamespace::kPossible);
}

TEST(IndexNamespaces, UnsetOnesAreOne) { EXPECT_EQ(same("", ""), SameNamespace::kYes); }

TEST(IndexNamespaces, TheAmbientNamespaceDecides) {
  EXPECT_EQ(same("", "prod", ambient("prod")), SameNamespace::kYes);
  EXPECT_EQ(same("", "prod", ambient("dev")), SameNamespace::kNo);
  EXPECT_EQ(same("", "", ambient("dev")), SameNamespace::kYes);
}

TEST(IndexNamespaces, APlaceholderIsOneNamespaceOnlyWithItself) {
  EXPECT_EQ(same("${NS}", "${NS}"), SameNamespace::kYes);
  EXPECT_EQ(same("${NS}", "${OTHER}"), SameNamespace::kPossible);
  EXPECT_EQ(same("${NS}", "prod"), SameNamespace::kPossible);
  EXPECT_EQ(same("${NS}", "", ambient("prod")), SameNamespace::kPossible);
}

TEST(IndexNamespaces, AnObjectSaysWhatIsKnown) {
  const Index index = project({{"a.yaml", set("a", "prod") + set("b") + set("c", "${NS}")}});
  EXPECT_EQ(object(index, Kind::kStatefulSet, "a").name_space.name, "prod");
  EXPECT_FALSE(object(index, Kind::kStatefulSet, "b").name_space.known());
  EXPECT_FALSE(object(index, Kind::kStatefulSet, "c").name_space.known());
  const Index with_ambient = project({{"a.yaml", set("b")}}, ambient("dev"));
  EXPECT_EQ(object(with_ambient, Kind::kStatefulSet, "b").name_space.name, "dev");
}

TEST(IndexNamespaces, ReferencesStayInTheirNamespace) {
  const Index index =
      project({{"sts.yaml", set("db", "prod")}, {"svc.yaml", service("db", "dev")}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  EXPECT_EQ(index.find(from, Kind::kService, "db").answer, Answer::kAbsent);
  EXPECT_EQ(index.find_in(from, Kind::kService, "db", "dev").answer, Answer::kFound);
  EXPECT_EQ(index.find_in(from, Kind::kService, "db", "prod").answer, Answer::kAbsent);
}

TEST(IndexNamespaces, UnsetAgainstExplicitIsFound) {
  const Index index = project({{"sts.yaml", set("db", "prod")}, {"svc.yaml", service("db")}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  EXPECT_EQ(index.find(from, Kind::kService, "db").answer, Answer::kFound);
  EXPECT_EQ(index.find_in(from, Kind::kService, "db", "elsewhere").answer, Answer::kFound);
}

TEST(IndexNamespaces, OfEquallyNearOnesTheSureOneCounts) {
  const Index index = project({{"sts.yaml", set("db", "prod")},
                               {"svc.yaml", service("db")},
                               {"svc-prod.yaml", service("db", "prod")}});
  const Reference found = index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db");
  ASSERT_EQ(found.nearest.size(), 1U);
  EXPECT_EQ(found.first()->file->path, "svc-prod.yaml");
}

TEST(IndexNamespaces, ClusterScopedObjectsHaveNone) {
  const Index index =
      project({{"sts.yaml", set("db", "prod")},
               {"class.yaml", testing::document("storage.k8s.io/v1", "StorageClass", "fast")},
               {"pv.yaml", testing::document("v1", "PersistentVolume", "data", "dev")}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  EXPECT_EQ(index.find(from, Kind::kStorageClass, "fast").answer, Answer::kFound);
  EXPECT_EQ(index.find(from, Kind::kPersistentVolume, "data").answer, Answer::kFound);
}

}  // namespace
}  // namespace sts::lint
