#include "rollout/canary/state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::rollout::canary {
namespace {

State some_state() {
  State state;
  state.id = "c-7";
  state.uid = "set-web";
  state.epoch = 3;
  state.phase = Phase::kPaused;
  state.resume_to = Phase::kSoaking;
  state.stage = 1;
  state.kept = 2;
  state.released = 2;
  state.min_ready_seconds = 7;
  state.max_unavailable = kube::IntOrPercent{25, true};
  state.strategy = "RollingUpdate";
  state.base = "web-old";
  state.can = "web-new";
  state.original_partition = 0;
  state.replicas = 4;
  state.plan.pause_after = parse_steps("1,50%").value();
  state.plan.on_failure = OnFailure::kAbort;
  state.began = kube::parse_time("2026-03-01T12:00:00Z").value();
  state.soak_until = state.began + std::chrono::minutes(5);
  state.generation = 9;
  state.reason = "by \"hand\"\n";
  return state;
}

TEST(State, ComesBackAsItWas) {
  const State state = some_state();
  EXPECT_EQ(parse_state(to_json(state)).value(), state);
  State bare;
  bare.began = state.began;
  EXPECT_EQ(parse_state(to_json(bare)).value(), bare);
}

TEST(State, KeepsMaxUnavailableAsANumber) {
  State state = some_state();
  state.max_unavailable = kube::IntOrPercent{3, false};
  EXPECT_EQ(parse_state(to_json(state)).value().max_unavailable, state.max_unavailable);
}

// Annotations of all keys together may have 256 KiB, and each is copied to every
// ControllerRevision.
TEST(State, IsBelowFourKibibytes) {
  State state = some_state();
  state.base = state.can = std::string(253, 'w');
  state.reason = std::string(500, '"');
  EXPECT_LT(to_json(state).size(), 4096U);
}

TEST(State, IsOneLineWithSortedKeys) {
  const std::string text = to_json(some_state());
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_TRUE(text.starts_with(R"({"base":"web-old","began":"2026-03-01T12:00:00Z","can":)"))
      << text;
}

TEST(State, OfANewerVersionIsLeftAlone) {
  EXPECT_EQ(parse_state(R"({"v":2})").error().message,
            "the canary's state is of version 2, this program knows 1: use the kubectl-sts that "
            "began it");
}

TEST(State, ThatSomebodyEditedIsAnError) {
  std::string text = to_json(some_state());
  text.replace(text.find("Paused"), 6, "Posing");
  EXPECT_EQ(parse_state(text).error().message,
            "the annotation kubectl-sts/canary is not what a canary writes: phase \"Posing\"");
  for (const char* const broken : {"", "{", "[]", "{}", "null", R"({"v":"1"})"}) {
    EXPECT_FALSE(parse_state(broken)) << broken;
  }
}

TEST(Phase, HasANameEach) {
  for (int i = 0; i <= static_cast<int>(Phase::kStuck); ++i) {
    const Phase phase = static_cast<Phase>(i);
    ASSERT_FALSE(to_string(phase).empty());
    EXPECT_EQ(parse_phase(to_string(phase)), phase);
  }
  EXPECT_EQ(parse_phase("paused"), std::nullopt);
}

}  // namespace
}  // namespace sts::rollout::canary
