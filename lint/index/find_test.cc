#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {
namespace {

using testing::object;
using testing::project;
using testing::service;
using testing::set;

std::vector<std::string> paths(const Reference& reference) {
  std::vector<std::string> all;
  for (const Object* each : reference.nearest) all.push_back(each->file->path);
  return all;
}

using Paths = std::vector<std::string>;

TEST(IndexFind, FindsTheObjectOfAKindAndName) {
  const Index index = project({{"sts.yaml", set("db")}, {"svc.yaml", service("db")}});
  const Reference found = index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db");
  EXPECT_EQ(found.answer, Answer::kFound);
  EXPECT_EQ(paths(found), Paths{"svc.yaml"});
}

TEST(IndexFind, ProvesAbsenceInAProject) {
  const Index index = project({{"sts.yaml", set("db")}, {"svc.yaml", service("db")}});
  const Reference absent =
      index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db-headles");
  EXPECT_EQ(absent.answer, Answer::kAbsent);
  EXPECT_FALSE(absent.lone_file);
  EXPECT_EQ(absent.reason, "this project");
}

TEST(IndexFind, SaysThatOnlyALoneFileWasRead) {
  ProjectScope scope;
  scope.lone_files = true;
  const Index index = project({{"sts.yaml", set("db")}}, {}, scope);
  const Reference absent = index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "x");
  EXPECT_EQ(absent.answer, Answer::kAbsent);
  EXPECT_TRUE(absent.lone_file);
  EXPECT_EQ(absent.reason, "this file alone");
}

TEST(IndexFind, ALoneFileIsCompleteWhereTheUserSaysSo) {
  Options options;
  options.assume = Completeness::kComplete;
  ProjectScope scope;
  scope.lone_files = true;
  const Index index = project({{"sts.yaml", set("db")}}, options, scope);
  const Reference absent = index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "x");
  EXPECT_EQ(absent.answer, Answer::kAbsent);
  EXPECT_FALSE(absent.lone_file);
}

TEST(IndexFind, NothingIsAbsentFromAPartialProject) {
  Options options;
  options.assume = Completeness::kPartial;
  const Index index = project({{"sts.yaml", set("db")}}, options);
  const Reference unknown =
      index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "x");
  EXPECT_EQ(unknown.answer, Answer::kUnknown);
  EXPECT_EQ(unknown.reason, "the project is assumed to be partial");
}

TEST(IndexFind, PrefersTheSameFileThenTheSameFolder) {
  const Index index = project({{"a/all.yaml", set("db") + service("db")},
                               {"a/other.yaml", service("db")},
                               {"a/sts.yaml", set("web")},
                               {"b/svc.yaml", service("db")}});
  EXPECT_EQ(paths(index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db")),
            Paths{"a/all.yaml"});
  EXPECT_EQ(paths(index.find(object(index, Kind::kStatefulSet, "web"), Kind::kService, "db")),
            (Paths{"a/all.yaml", "a/other.yaml"}));
}

TEST(IndexFind, PrefersFewerStepsUpThenFewerDown) {
  const Index index = project({{"apps/db/sts.yaml", set("db")},
                               {"apps/db/deep/er/svc.yaml", service("below")},
                               {"apps/svc.yaml", service("below") + service("near")},
                               {"apps/x/y/svc.yaml", service("near") + service("side")},
                               {"apps/z/svc.yaml", service("side")},
                               {"svc.yaml", service("side")}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  EXPECT_EQ(paths(index.find(from, Kind::kService, "below")), Paths{"apps/db/deep/er/svc.yaml"});
  EXPECT_EQ(paths(index.find(from, Kind::kService, "near")), Paths{"apps/svc.yaml"});
  EXPECT_EQ(paths(index.find(from, Kind::kService, "side")), Paths{"apps/z/svc.yaml"});
}

TEST(IndexFind, ReturnsAllThatAreEquallyNear) {
  const Index index = project({{"apps/db/sts.yaml", set("db")},
                               {"apps/one/svc.yaml", service("db")},
                               {"apps/two/svc.yaml", service("db")},
                               {"far/away/svc.yaml", service("db")}});
  EXPECT_EQ(paths(index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db")),
            (Paths{"apps/one/svc.yaml", "apps/two/svc.yaml"}));
}

TEST(IndexFind, AFolderIsNoPrefixOfItsNeighbour) {
  const Index index = project({{"db/sts.yaml", set("db")},
                               {"db-old/svc.yaml", service("db")},
                               {"db/svc/svc.yaml", service("db")}});
  EXPECT_EQ(paths(index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db")),
            Paths{"db/svc/svc.yaml"});
}

TEST(IndexFind, WhatStandsBesideAnotherCopyIsThatCopys) {
  const Index index = project({{"envs/dev/sts.yaml", set("db")},
                               {"envs/dev/svc.yaml", service("db")},
                               {"envs/prod/sts.yaml", set("db")}});
  const Object& prod = object(index, Kind::kStatefulSet, "db", "envs/prod/sts.yaml");
  const Reference unknown = index.find(prod, Kind::kService, "db");
  EXPECT_EQ(unknown.answer, Answer::kUnknown);
  EXPECT_EQ(unknown.reason,
            "Service \"db\" (envs/dev/svc.yaml) stands beside another StatefulSet \"db\" "
            "(envs/dev/sts.yaml)");
  const Object& dev = object(index, Kind::kStatefulSet, "db", "envs/dev/sts.yaml");
  EXPECT_EQ(paths(index.find(dev, Kind::kService, "db")), Paths{"envs/dev/svc.yaml"});
}

TEST(IndexFind, WhatCopiesShareIsFoundByEach) {
  const Index index = project({{"envs/dev/sts.yaml", set("db")},
                               {"envs/common/svc.yaml", service("db")},
                               {"envs/prod/sts.yaml", set("db")}});
  const Object& prod = object(index, Kind::kStatefulSet, "db", "envs/prod/sts.yaml");
  EXPECT_EQ(paths(index.find(prod, Kind::kService, "db")), Paths{"envs/common/svc.yaml"});
}

TEST(IndexFind, EachEnvironmentMeetsItsOwn) {
  const Index index = project({{"dev/sts.yaml", set("db")},
                               {"dev/svc.yaml", service("db")},
                               {"prod/sts.yaml", set("db")},
                               {"prod/svc.yaml", service("db")}});
  for (const std::string env : {"dev", "prod"}) {
    const Object& from = object(index, Kind::kStatefulSet, "db", env + "/sts.yaml");
    EXPECT_EQ(paths(index.find(from, Kind::kService, "db")), Paths{env + "/svc.yaml"});
  }
}

TEST(IndexFind, APlaceholderNameMayBecomeTheOneWanted) {
  const Index index = project({{"sts.yaml", set("db")}, {"svc.yaml", service("${NAME}-headless")}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  const Reference unknown = index.find(from, Kind::kService, "db-headless");
  EXPECT_EQ(unknown.answer, Answer::kUnknown);
  EXPECT_EQ(unknown.reason, "Service \"${NAME}-headless\" (svc.yaml) may become it");
  EXPECT_EQ(index.find(from, Kind::kService, "db-peers").answer, Answer::kAbsent);
}

TEST(IndexFind, AReferenceWithAPlaceholderIsUnknown) {
  const Index index = project({{"sts.yaml", set("db")}, {"svc.yaml", service("db")}});
  const Reference unknown =
      index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "{{ .Name }}");
  EXPECT_EQ(unknown.answer, Answer::kUnknown);
  EXPECT_EQ(unknown.reason, "the name holds a placeholder");
}

TEST(IndexFind, AnObjectFromAClusterProvesNothingAbsent) {
  const Index index = project({{"<stdin>", set("db", "default", "  uid: 0f5c\n")}});
  const Object& from = object(index, Kind::kStatefulSet, "db");
  EXPECT_TRUE(from.from_cluster);
  const Reference unknown = index.find(from, Kind::kService, "db");
  EXPECT_EQ(unknown.answer, Answer::kUnknown);
  EXPECT_EQ(unknown.reason, "the object was read from a cluster, which may hold more");
}

TEST(IndexFind, NamedGivesEveryNamespace) {
  const Index index = project({{"a.yaml", service("db", "one")}, {"b.yaml", service("db", "two")}});
  EXPECT_EQ(index.named(Kind::kService, "db").size(), 2U);
  EXPECT_EQ(index.named(Kind::kConfigMap, "db").size(), 0U);
}

}  // namespace
}  // namespace sts::lint
