#include "lint/change/change.h"
#include "lint/index/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::lint {
namespace {

using testing::project;
using testing::set;

// "before's path -> after's path" for every pair, "new PATH" and "gone PATH" for the rest.
std::vector<std::string> matches(const std::vector<testing::TestFile>& before,
                                 const std::vector<testing::TestFile>& after) {
  const Index old = project(before);
  const Index now = project(after);
  const Changes changes = match(old, now);
  std::vector<std::string> lines;
  for (const Change& change : changes.all) {
    lines.push_back(change.before == nullptr
                        ? "new " + change.after->file->path
                        : change.before->file->path + " -> " + change.after->file->path);
  }
  for (const Object* object : changes.removed) lines.push_back("gone " + object->file->path);
  return lines;
}

TEST(Match, PairsByPathKindAndName) {
  EXPECT_THAT(matches({{"a.yaml", set("db") + set("web")}}, {{"a.yaml", set("db") + set("api")}}),
              ::testing::ElementsAre("a.yaml -> a.yaml", "new a.yaml", "gone a.yaml"));
}

TEST(Match, ASetAndAServiceOfOneNameAreTwo) {
  EXPECT_THAT(matches({{"a.yaml", testing::service("db")}}, {{"a.yaml", set("db")}}),
              ::testing::ElementsAre("new a.yaml", "gone a.yaml"));
}

TEST(Match, FollowsAnObjectToAnotherFile) {
  EXPECT_THAT(matches({{"old/db.yaml", set("db")}}, {{"new/db.yaml", set("db")}}),
              ::testing::ElementsAre("old/db.yaml -> new/db.yaml"));
}

TEST(Match, EveryEnvironmentMeetsItself) {
  EXPECT_THAT(matches({{"dev/db.yaml", set("db")}, {"prod/db.yaml", set("db")}},
                      {{"dev/db.yaml", set("db")}, {"prod/db.yaml", set("db")}}),
              ::testing::ElementsAre("dev/db.yaml -> dev/db.yaml", "prod/db.yaml -> prod/db.yaml"));
}

TEST(Match, WhatCouldBeTwoIsNotCompared) {
  EXPECT_THAT(matches({{"live.yaml", set("db")}},
                      {{"dev/db.yaml", set("db")}, {"prod/db.yaml", set("db")}}),
              ::testing::IsEmpty());
}

TEST(Match, ANamespaceTellsThemApart) {
  EXPECT_THAT(matches({{"live.yaml", set("db", "prod")}},
                      {{"dev/db.yaml", set("db", "dev")}, {"prod/db.yaml", set("db", "prod")}}),
              ::testing::UnorderedElementsAre("new dev/db.yaml", "live.yaml -> prod/db.yaml"));
}

TEST(Match, AnUnwrittenNamespaceMayBeAnyOne) {
  EXPECT_THAT(matches({{"live.yaml", set("db", "prod")}}, {{"db.yaml", set("db")}}),
              ::testing::ElementsAre("live.yaml -> db.yaml"));
}

}  // namespace
}  // namespace sts::lint
