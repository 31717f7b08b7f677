#include "lint/script/reach.h"

#include <gtest/gtest.h>

namespace sts::lint::shell {
namespace {

// Of the command called "probe".
Reach reach_of(const std::string& text) {
  const auto script = parse(text);
  EXPECT_TRUE(script) << text;
  return reach(*script, script->by_name.at("probe").front());
}

TEST(Reach, WhatStandsThereRuns) {
  EXPECT_EQ(reach_of("probe"), Reach::kAlways);
  EXPECT_EQ(reach_of("cd /x && until probe; do sleep 1; done"), Reach::kAlways);
  EXPECT_EQ(reach_of("if probe; then :; fi"), Reach::kAlways);
  EXPECT_EQ(reach_of("exec >log\nprobe"), Reach::kAlways);
  EXPECT_EQ(reach_of("(exit 0)\nprobe"), Reach::kAlways);
  EXPECT_EQ(reach_of("probe\nexit 0"), Reach::kAlways);
}

TEST(Reach, ABranchIsUnknown) {
  EXPECT_EQ(reach_of("if [ \"$USE\" = 1 ]; then probe; fi"), Reach::kPerhaps);
  EXPECT_EQ(reach_of("if [ \"$USE\" = 1 ]; then :; else probe; fi"), Reach::kPerhaps);
  EXPECT_EQ(reach_of("case $1 in a) probe;; esac"), Reach::kPerhaps);
  EXPECT_EQ(reach_of("[ \"$USE\" = 1 ] && probe"), Reach::kPerhaps);
  EXPECT_EQ(reach_of("ready || probe"), Reach::kPerhaps);
}

TEST(Reach, SomePodTakesABranchOnItsOwnName) {
  EXPECT_EQ(reach_of("if [ \"$HOSTNAME\" != db-0 ]; then probe; fi"), Reach::kAlways);
}

TEST(Reach, NothingRunsBehindTheEnd) {
  EXPECT_EQ(reach_of("exit 0\nprobe"), Reach::kNever);
  EXPECT_EQ(reach_of("exec server\nprobe"), Reach::kNever);
  EXPECT_EQ(reach_of("f() { return; probe; }\nf"), Reach::kNever);
}

TEST(Reach, AFunctionRunsWhereItIsCalled) {
  EXPECT_EQ(reach_of("f() { probe; }\nf"), Reach::kAlways);
  EXPECT_EQ(reach_of("f() { probe; }\ntrue"), Reach::kNever);
  EXPECT_EQ(reach_of("f() { probe; }\n\"$@\""), Reach::kPerhaps);
  EXPECT_EQ(reach_of("f() { probe; }\ng() { f; }\ng"), Reach::kAlways);
  EXPECT_EQ(reach_of("f() { probe; }\ng() { f; }\ntrue"), Reach::kNever);
  EXPECT_EQ(reach_of("f() { probe; f; }\nf"), Reach::kAlways);
}

TEST(HasCompanion, SeesWhatElseMustSucceed) {
  const auto companion = [](const std::string& text) {
    const auto script = parse(text);
    return has_companion(*script, script->by_name.at("probe").front());
  };
  EXPECT_TRUE(companion("until probe && nc -z x 80; do sleep 1; done"));
  EXPECT_TRUE(companion("until nc -z x 80 && probe; do sleep 1; done"));
  EXPECT_FALSE(companion("until probe; do sleep 1; done"));
  EXPECT_FALSE(companion("until probe || nc -z x 80; do sleep 1; done"));
}

}  // namespace
}  // namespace sts::lint::shell
