#include "rollout/canary/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::rollout::canary {
namespace {

// "1 2 3h 4!": h where a pod is held back, ! where nothing soaks, p where a human is waited for.
std::string line(const std::string& steps, std::int64_t replicas, bool hold = true,
                 const std::string& pause_after = "") {
  Plan plan;
  plan.steps = parse_steps(steps).value();
  plan.hold = hold;
  if (!pause_after.empty()) plan.pause_after = parse_steps(pause_after).value();
  const auto result = stages(plan, replicas);
  if (!result) return result.error().message;
  std::string text;
  for (const Stage& stage : *result) {
    text += (text.empty() ? "" : " ") + std::to_string(stage.updated) + (stage.holds ? "h" : "") +
            (stage.soaks ? "" : "!") + (stage.pauses ? "p" : "");
  }
  return text;
}

TEST(Stages, AreCumulativeAndRoundedUp) {
  EXPECT_EQ(line("1,50%,100%", 10, false), "1 5 10");
  EXPECT_EQ(line("1,50%,100%", 5, false), "1 3 5");
  EXPECT_EQ(line("25%,100%", 3, false), "1 3");
}

TEST(Stages, WhatAddsNoPodIsLeftOut) {
  EXPECT_EQ(line("1,25%,50%,100%", 2, false), "1 2");
  EXPECT_EQ(line("1,50%,100%", 1, false), "1");
}

TEST(Stages, TheLastPodIsHeldBack) {
  EXPECT_EQ(line("1,50%,100%", 5), "1 3 4h 5!");
  EXPECT_EQ(line("1,50%,100%", 4), "1 2 3h 4!");
  EXPECT_EQ(line("1,100%", 2), "1h 2!");
  EXPECT_EQ(line("100%", 1), "1");
}

TEST(Stages, PausesGoWithTheirStep) {
  EXPECT_EQ(line("1,50%,100%", 4, false, "1"), "1p 2 4");
  EXPECT_EQ(line("1,50%,100%", 4, true, "100%"), "1 2 3hp 4!");
  EXPECT_EQ(line("1,25%,100%", 4, false, "25%"), "1p 4");
}

TEST(Stages, AllPodsAreTheEnd) {
  EXPECT_EQ(line("1,50%", 4),
            "the last step is 50%, 2 of 4 pods: a plan ends with all of them (100%)");
  EXPECT_EQ(line("3", 4), "the last step is 3, 3 of 4 pods: a plan ends with all of them (100%)");
}

TEST(Stages, Grow) {
  EXPECT_EQ(line("3,50%,100%", 4), "step 50% is less than the one before it (3 of 4 pods)");
}

TEST(ParseSteps, NamesWhatIsNoStep) {
  for (const char* const text : {"0", "-1", "101%", "0%", "x", "1.5", "50 %"}) {
    const auto steps = parse_steps(text);
    ASSERT_FALSE(steps) << text;
    EXPECT_EQ(steps.error().message,
              "\"" + std::string(text) +
                  "\" is no step: a number of pods from 1, or a share from 1% to 100%");
  }
  EXPECT_EQ(parse_steps("1,,100%").error().message,
            "\"\" is no step: a number of pods from 1, or a share from 1% to 100%");
  EXPECT_EQ(parse_steps(" 1 , 100% ").value().size(), 2U);
}

}  // namespace
}  // namespace sts::rollout::canary
