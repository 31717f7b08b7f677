// Whole canaries on the model of the controller, with their times: what a human would see.
#include "rollout/canary/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::rollout::canary {
namespace {

using rehearsal::Fault;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr kube::Version k133{1, 33, 13};
constexpr kube::Version k135{1, 35, 1};
constexpr kube::Version k137{1, 37, 1};

Plan quick(const std::string& steps = "1,50%,100%") {
  Plan plan;
  plan.steps = parse_steps(steps).value();
  plan.soak = seconds(10);
  plan.pod_deadline = seconds(60);
  return plan;
}

std::string reason_of(Play& play) { return play.state() ? play.state()->reason : ""; }

TEST(Scenario, FourPodsInSteps) {
  Play play({});
  play.start(quick());
  play.run();
  EXPECT_EQ(play.images(), "2 2 2 2");
  EXPECT_THAT(play.timeline,
              ElementsAre("1 Stepping", "2 Stepping 3", "7 Soaking", "17 Stepping", "18 Stepping 2",
                          "23 Soaking", "33 Stepping", "34 Stepping 1", "39 Holding", "49 Stepping",
                          "50 Finishing 0", "55 Complete = 0"));
  EXPECT_EQ(play.done()->exit_code, 0);
  EXPECT_EQ(play.set().partition, 0);
  EXPECT_EQ(play.state(), std::nullopt);
  EXPECT_EQ(play.server.lease, std::nullopt);
}

TEST(Scenario, NothingChangesUntilTheCanaryIsKnown) {
  Play play({});
  play.start(quick());
  for (int i = 0; i < 30; ++i) play.pass();
  EXPECT_EQ(play.images(), "1 1 1 1");
  EXPECT_EQ(play.set().partition, kPark);
}

TEST(Scenario, ACrashFreezesAndAbortReturnsToTheBaseline) {
  Play play({});
  play.faults["app:2"] = Fault::kCrash;
  play.start(quick());
  play.run();
  EXPECT_EQ(play.done()->exit_code, 4);
  EXPECT_EQ(play.images(), "1 1 1 2!");
  EXPECT_EQ(play.set().partition, kPark);
  EXPECT_EQ(reason_of(play), "container app of web-3 waits: CrashLoopBackOff");

  play.timeline.clear();
  play.tick(Request::kAbort);
  play.run();
  EXPECT_EQ(play.done()->exit_code, 5);
  EXPECT_EQ(play.images(), "1 1 1 1");
  EXPECT_EQ(play.set().partition, kPark);
  EXPECT_EQ(play.set().pod_template, template_of("app:2"));
  EXPECT_THAT(play.timeline,
              ElementsAre("8 Aborting park", "8 -web-3", "12 Aborted", "13 Aborted = 5"));
}

// kubernetes/kubernetes#67250: with an ordered set the reverted template alone heals nothing.
TEST(Scenario, RollbackUnsticksTheBrokenPod) {
  for (const kube::Version& version : {k133, k135, k137}) {
    Play::Setup setup;
    setup.version = version;
    Play play(setup);
    play.faults["app:2"] = Fault::kCrash;
    play.start(quick());
    play.run();
    ASSERT_EQ(play.phase(), Phase::kFailed);
    play.timeline.clear();
    play.tick(Request::kRollback);
    play.run();
    EXPECT_EQ(play.done()->phase, Phase::kRolledBack);
    EXPECT_EQ(play.done()->exit_code, 5);
    EXPECT_EQ(play.images(), "1 1 1 1");
    EXPECT_EQ(play.set().update_revision, play.base);
    EXPECT_EQ(play.set().partition, 0);
    EXPECT_EQ(play.state(), std::nullopt);
    EXPECT_THAT(play.timeline, ElementsAre("8 RollingBack park", "9 -web-3", "13 RolledBack = 5"));
  }
}

TEST(Scenario, ThePlanMayRollBackByItself) {
  for (const OnFailure on_failure : {OnFailure::kAbort, OnFailure::kRollback}) {
    Play play({});
    play.faults["web-2/app:2"] = Fault::kImagePull;
    Plan plan = quick();
    plan.on_failure = on_failure;
    plan.pod_deadline = seconds(200);
    play.start(plan);
    play.run();
    EXPECT_EQ(play.done()->exit_code, 5);
    EXPECT_EQ(play.images(), "1 1 1 1");
  }
}

TEST(Scenario, AThirdTemplateFreezesTheCanary) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.edit([](kube::StatefulSet& set) { set.pod_template = template_of("app:3"); });
  play.pass();
  play.run();
  EXPECT_EQ(play.done()->exit_code, 6);
  EXPECT_EQ(play.set().partition, kPark);
  EXPECT_THAT(reason_of(play), HasSubstr("a third revision"));
}

TEST(Scenario, TheBaselinesTemplatePutBackByOthersIsARollback) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.edit([](kube::StatefulSet& set) { set.pod_template = template_of("app:1"); });
  play.run();
  EXPECT_EQ(play.done()->phase, Phase::kRolledBack);
  EXPECT_EQ(play.images(), "1 1 1 1");
}

TEST(Scenario, ScaledToZeroTheCanaryIsThePromotedOne) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.edit([](kube::StatefulSet& set) { set.replicas = 0; });
  play.run();
  EXPECT_EQ(play.done()->exit_code, 6);
  EXPECT_THAT(reason_of(play), HasSubstr("scaled to 0"));
}

TEST(Scenario, ScalingPausesAndResumeTakesTheNewSize) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.edit([](kube::StatefulSet& set) { set.replicas = 6; });
  play.run();
  EXPECT_EQ(play.done()->exit_code, 3);
  EXPECT_EQ(reason_of(play), "spec.replicas was 4 and is 6");
  for (int i = 0; i < 20; ++i) play.pass();
  EXPECT_EQ(play.images(), "1 1 1 2 2 2");
  play.tick(Request::kResume);
  play.run();
  EXPECT_EQ(play.done()->exit_code, 0);
  EXPECT_EQ(play.images(), "2 2 2 2 2 2");
}

TEST(Scenario, APartitionLoweredByOthersIsNotFought) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.edit([](kube::StatefulSet& set) { set.partition = 1; });
  play.run();
  EXPECT_EQ(play.done()->exit_code, 3);
  EXPECT_EQ(play.set().partition, 1);
  EXPECT_EQ(reason_of(play),
            "spec.updateStrategy.rollingUpdate.partition was 3 and is 1: somebody released more "
            "pods than the plan");
  for (int i = 0; i < 20; ++i) play.pass();
  EXPECT_EQ(play.images(), "1 2 2 2");
  play.tick(Request::kResume);
  play.run();
  EXPECT_EQ(play.done()->exit_code, 0);
}

TEST(Scenario, ADrainedCanaryPodSoaksAnew) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  const kube::Time first = *play.state()->soak_until;
  for (int i = 0; i < 5; ++i) play.pass();
  delete_pod(play.world(), "web-3");
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kStepping; }));
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  EXPECT_GT(*play.state()->soak_until, first);
  EXPECT_EQ(play.images(), "1 1 1 2");
  play.run();
  EXPECT_EQ(play.done()->exit_code, 0);
}

TEST(Scenario, APausePointWaitsForPromote) {
  Play play({});
  Plan plan = quick();
  plan.pause_after = parse_steps("1").value();
  play.start(plan);
  play.run();
  EXPECT_EQ(play.done()->exit_code, 3);
  EXPECT_EQ(play.images(), "1 1 1 2");
  EXPECT_EQ(reason_of(play), "the plan pauses after 1 updated pods");
  for (int i = 0; i < 100; ++i) {
    play.pass();
    play.tick();
  }
  EXPECT_EQ(play.images(), "1 1 1 2");
  play.tick(Request::kPromote);
  play.run();
  EXPECT_EQ(play.done()->exit_code, 0);
}

TEST(Scenario, APauseFromAnotherTerminal) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.set().meta.annotations[std::string(kRequestAnnotation)] = "pause";
  touch_status(play.world());
  play.run();
  EXPECT_EQ(play.done()->exit_code, 3);
  EXPECT_EQ(play.set().meta.annotations.count(std::string(kRequestAnnotation)), 0U);
}

TEST(Scenario, PromoteFullSoaksNoMore) {
  Play play({});
  Plan plan = quick();
  plan.soak = seconds(3600);
  play.start(plan);
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.tick(Request::kPromoteFull);
  play.run(seconds(200));
  EXPECT_EQ(play.done()->exit_code, 0);
}

TEST(Scenario, ASecondDriverIsKeptOut) {
  Play play({});
  play.start(quick());
  play.run_until([&] { return play.phase() == Phase::kStepping; });
  rehearsal::Client client(play.server, "other");
  Driver other(client, {"other", seconds(60), {}, {}});
  const std::size_t before = play.server.requests.size();
  const auto action = other.tick();
  ASSERT_TRUE(std::holds_alternative<Done>(*action));
  EXPECT_EQ(std::get<Done>(*action).exit_code, kLockedExitCode);
  EXPECT_EQ(play.server.requests.size(), before);
  // The first is gone without a word: after the Lease's time the other goes on, and the first one,
  // woken, writes no more.
  for (int i = 0; i < 61; ++i) play.pass();
  EXPECT_FALSE(std::holds_alternative<Done>(*other.tick()));
  play.tick();
  EXPECT_EQ(play.done()->exit_code, kLockedExitCode);
}

TEST(Scenario, ARemovedStateIsInterference) {
  Play play({});
  play.start(quick());
  ASSERT_TRUE(play.run_until([&] { return play.phase() == Phase::kSoaking; }));
  play.set().meta.annotations.erase(std::string(kStateAnnotation));
  touch_status(play.world());
  play.tick();
  EXPECT_EQ(play.done()->exit_code, 6);
  EXPECT_EQ(play.done()->why, "the annotation kubectl-sts/canary was removed");
}

TEST(Scenario, AGateWithoutAVerdictPassesNothing) {
  Play play({});
  play.gates = [](const Observation&, const State&) { return GateVerdict::kNone; };
  play.start(quick());
  play.run(seconds(400));
  EXPECT_FALSE(play.done());
  EXPECT_EQ(play.phase(), Phase::kSoaking);
  EXPECT_EQ(play.images(), "1 1 1 2");
}

TEST(Scenario, AGateThatFailsFailsTheCanary) {
  Play play({});
  play.gates = [](const Observation&, const State&) { return GateVerdict::kFail; };
  play.start(quick());
  play.run();
  EXPECT_EQ(play.done()->exit_code, 4);
  EXPECT_EQ(reason_of(play), "a gate has failed");
}

// A baseline pod below it is down: the deleted pod would not be created again.
TEST(Scenario, AbortIsBlockedByALowerPodOfAnOrderedSet) {
  Play play({});
  play.faults["app:2"] = Fault::kCrash;
  play.start(quick());
  play.run();
  ASSERT_EQ(play.phase(), Phase::kFailed);
  play.faults["web-1/app:1"] = Fault::kNeverReady;
  for (int i = 0; i < 100; ++i) play.pass();
  play.tick(Request::kAbort);
  play.run();
  EXPECT_EQ(play.done()->exit_code, 9);
  EXPECT_EQ(reason_of(play), "web-3 would not be created again: web-1, below it, is not Available");
  EXPECT_EQ(play.images(), "1 1! 1 2!");
}

}  // namespace
}  // namespace sts::rollout::canary
