#include "rollout/status/status.h"

#include "rollout/status/testing.h"
#include "rollout/status/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::rollout {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Status, ASetAtRestIsSettled) {
  const StatusReport report = status(snapshot_of(3), clock());
  EXPECT_EQ(report.verdict, Verdict::kSettled);
  EXPECT_EQ(report.name_space, "shop");
  EXPECT_EQ(report.name, "web");
  EXPECT_EQ(report.pod_management, "OrderedReady");
  EXPECT_EQ(report.update_strategy, "RollingUpdate");
  EXPECT_EQ(report.desired, 3);
  EXPECT_EQ(report.ready, 3);
  EXPECT_EQ(report.available, 3);
  EXPECT_EQ(report.updated, 3);
  EXPECT_EQ(report.to_update, 3);
  EXPECT_EQ(report.partition_line, "");
  EXPECT_THAT(report.waits_for, IsEmpty());
  EXPECT_THAT(report.blockers, IsEmpty());
  EXPECT_THAT(report.hazards, IsEmpty());
  EXPECT_THAT(report.notes, IsEmpty());
}

TEST(Status, ARowShowsThePod) {
  Snapshot snapshot = snapshot_of(2);
  snapshot.set.claim_templates = {{"data", "fast"}};
  snapshot.pods[0].claims = {"data-web-0"};
  snapshot.pods[0].containers[0].restarts = 2;
  snapshot.pods[0].containers[0].last_terminated = kube::Terminated{"Error", "", 1, 0, clock(40)};
  kube::Claim claim;
  claim.meta.name = "data-web-0";
  claim.phase = "Bound";
  claim.volume = "pv-7";
  claim.capacity = "1Gi";
  snapshot.claims.items = {claim};
  snapshot.pods.pop_back();
  const StatusReport report = status(snapshot, clock());
  ASSERT_EQ(report.pods.size(), 2U);
  const PodRow& row = report.pods[0];
  EXPECT_EQ(row.name, "web-0");
  EXPECT_TRUE(row.exists);
  EXPECT_TRUE(row.available);
  EXPECT_EQ(row.revision, "web-old");
  EXPECT_EQ(row.role, RevisionRole::kUpdate);
  EXPECT_EQ(row.status, "Running");
  EXPECT_EQ(row.ready_containers, 1);
  EXPECT_EQ(row.containers, 1);
  EXPECT_EQ(row.restarts, 2);
  EXPECT_EQ(row.last_restart, std::chrono::seconds(40));
  EXPECT_EQ(row.age, std::chrono::seconds(310));
  EXPECT_EQ(row.node, "node-a");
  EXPECT_THAT(row.ips, ElementsAre("10.0.0.1"));
  EXPECT_THAT(row.images, ElementsAre("registry.example/app:1"));
  ASSERT_EQ(row.claims.size(), 1U);
  EXPECT_EQ(row.claims[0].phase, "Bound");
  EXPECT_EQ(row.claims[0].volume, "pv-7");
  // A pod that is missing still has its place and the name of its claim.
  EXPECT_EQ(report.pods[1].status, "Missing");
  EXPECT_FALSE(report.pods[1].exists);
  ASSERT_EQ(report.pods[1].claims.size(), 1U);
  EXPECT_EQ(report.pods[1].claims[0].name, "data-web-1");
  EXPECT_EQ(report.pods[1].claims[0].phase, "");
  EXPECT_EQ(report.verdict, Verdict::kMoving);
  EXPECT_THAT(report.waits_for, ElementsAre("web-1 is to be created"));
}

TEST(Status, APartitionIsNoUnfinishedUpdate) {
  Snapshot snapshot = snapshot_of(4);
  update(snapshot);
  snapshot.set.partition = 2;
  snapshot.pods[2] = pod_of(2, "web-new");
  snapshot.pods[3] = pod_of(3, "web-new");
  const StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kSettled);
  EXPECT_EQ(report.partition_line,
            "partition 2: web-0 and web-1 keep web-old, web-2 and web-3 get web-new");
  EXPECT_EQ(report.updated, 2);
  EXPECT_EQ(report.to_update, 2);
  EXPECT_EQ(report.pods[1].role, RevisionRole::kCurrent);
  EXPECT_EQ(report.pods[2].role, RevisionRole::kUpdate);
  EXPECT_EQ(report.current.number, 1);
  EXPECT_EQ(report.update.number, 2);
}

TEST(Status, ThePartitionLineSpeaksOfOrdinals) {
  const auto line = [](std::int64_t replicas, std::int64_t start, std::int64_t partition,
                       bool updating = true) {
    Snapshot snapshot = snapshot_of(replicas);
    if (updating) update(snapshot);
    snapshot.set.ordinals_start = start;
    snapshot.set.partition = partition;
    return status(snapshot, clock()).partition_line;
  };
  EXPECT_EQ(line(9, 2, 5), "partition 5: web-2 to web-6 keep web-old, web-7 to web-10 get web-new");
  EXPECT_EQ(line(2, 0, 1), "partition 1: web-0 keeps web-old, web-1 gets web-new");
  EXPECT_EQ(line(3, 0, 32767), "partition 32767: web-0 to web-2 keep web-old, none gets web-new");
  EXPECT_EQ(line(3, 0, 2, false),
            "partition 2: web-0 and web-1 will keep web-old at the next update");
  EXPECT_EQ(line(0, 0, 2), "partition 2: there are no pods");
}

TEST(Status, SaysWhichPodIsNext) {
  Snapshot snapshot = snapshot_of(4);
  update(snapshot);
  snapshot.pods[3] = pod_of(3, "web-new");
  StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kMoving);
  EXPECT_THAT(report.waits_for,
              ElementsAre("web-2 is the next to be updated, from web-old to web-new"));

  snapshot.pods[2] = unready(pod_of(2, "web-new"), 5);
  report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kMoving);
  EXPECT_THAT(report.waits_for, ElementsAre("web-2 is not Ready (Running, for 5s); OrderedReady "
                                            "does nothing else before it is Ready"));
}

TEST(Status, WaitsForTheFirstUnfinishedPodOfAnOrderedSet) {
  Snapshot snapshot = snapshot_of(4);
  snapshot.pods[1] = unready(pod_of(1), 5);
  snapshot.pods[3] = unready(pod_of(3), 7);
  EXPECT_THAT(status(snapshot, clock()).waits_for,
              ElementsAre("web-1 is not Ready (Running, for 5s); OrderedReady does nothing else "
                          "before it is Ready"));
  snapshot.set.pod_management = kube::PodManagement::kParallel;
  EXPECT_THAT(
      status(snapshot, clock()).waits_for,
      ElementsAre("web-1 is not Ready (Running, for 5s)", "web-3 is not Ready (Running, for 7s)"));
}

TEST(Status, WaitsForMinReadySeconds) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.set.min_ready_seconds = 400;
  StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kMoving);
  EXPECT_EQ(report.ready, 1);
  EXPECT_EQ(report.available, 0);
  EXPECT_THAT(report.waits_for, ElementsAre("web-0 is Ready for 5m of minReadySeconds 400"));
  snapshot.set.min_ready_seconds = 300;
  EXPECT_EQ(status(snapshot, clock()).verdict, Verdict::kSettled);
}

TEST(Status, WaitsForATerminatingPod) {
  Snapshot snapshot = snapshot_of(2);
  snapshot.pods[0] = terminating(pod_of(0), -25);
  EXPECT_THAT(status(snapshot, clock()).waits_for,
              ElementsAre("web-0 is terminating (it has 25s left); OrderedReady does nothing else "
                          "before it is Ready"));
  EXPECT_EQ(status(snapshot, clock()).pods[0].status, "Terminating");
  snapshot.pods[0] = terminating(pod_of(0), 10);
  EXPECT_THAT(status(snapshot, clock()).waits_for,
              ElementsAre("web-0 is terminating (it was to be gone 10s ago); OrderedReady does "
                          "nothing else before it is Ready"));
}

TEST(Status, FailedPodsAreCreatedAgain) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.pods[0] = unready(pod_of(0));
  snapshot.pods[0].phase = "Failed";
  snapshot.pods[0].reason = "Evicted";
  const StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kMoving);
  EXPECT_THAT(report.waits_for,
              ElementsAre("web-0 has failed (Evicted) and is to be created again"));
}

TEST(Status, PodsOutOfRangeGoHighestFirst) {
  Snapshot snapshot = snapshot_of(4);
  snapshot.set.replicas = 2;
  StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kMoving);
  EXPECT_THAT(report.waits_for, ElementsAre("web-3 is out of range and is to be deleted"));
  ASSERT_EQ(report.pods.size(), 4U);
  EXPECT_EQ(report.pods[2].name, "web-3");
  EXPECT_TRUE(report.pods[2].condemned);
  EXPECT_EQ(report.desired, 2);
  EXPECT_EQ(report.ready, 2);
  // A sick pod in range holds an ordered set.
  snapshot.pods[0] = unready(pod_of(0), 5);
  report = status(snapshot, clock());
  EXPECT_THAT(report.waits_for, ElementsAre("web-0 is not Ready (Running, for 5s); OrderedReady "
                                            "does nothing else before it is Ready"));
}

TEST(Status, ASpecThatTheControllerHasNotSeenIsNotSettled) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.set.meta.generation = 4;
  const StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kMoving);
  EXPECT_THAT(report.waits_for,
              ElementsAre("the controller has not seen generation 4 yet; the revisions and counts "
                          "are those of generation 3"));
}

TEST(Status, OnDeleteRestsAndSaysWhatIsLeft) {
  Snapshot snapshot = snapshot_of(3);
  update(snapshot);
  snapshot.set.strategy = kube::UpdateStrategy::kOnDelete;
  snapshot.set.strategy_name = "OnDelete";
  snapshot.pods[1] = pod_of(1, "web-new");
  const StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kSettled);
  EXPECT_THAT(report.waits_for, ElementsAre("updateStrategy OnDelete: for web-new you are to "
                                            "delete web-0, web-2"));
}

TEST(Status, WhatCouldNotBeReadIsSaid) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.claims.unreadable = "forbidden";
  snapshot.events.unreadable = "forbidden";
  snapshot.revisions.unreadable = "forbidden";
  const StatusReport report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kSettled);
  EXPECT_THAT(
      report.notes,
      ElementsAre("PersistentVolumeClaims could not be read, so an unbound one is seen only in its "
                  "pod: forbidden",
                  "Events could not be read, so it is not known why a pod cannot be created: "
                  "forbidden",
                  "ControllerRevisions could not be read, so revisions have no numbers: "
                  "forbidden"));
}

TEST(Status, MaxUnavailableOfAnOrderedSetIsAHazard) {
  Snapshot snapshot = snapshot_of(5);
  snapshot.set.max_unavailable = kube::IntOrPercent{60, true};
  EXPECT_THAT(status(snapshot, clock()).hazards, IsEmpty());  // 1.34 drops the field
  snapshot.version = kube::Version{1, 37, 1};
  StatusReport report = status(snapshot, clock());
  ASSERT_EQ(report.hazards.size(), 1U);
  EXPECT_EQ(report.verdict, Verdict::kSettled);
  EXPECT_EQ(report.hazards[0].message,
            "an update takes 3 pods away at once, and OrderedReady creates them again in order: if "
            "the lowest does not become Ready, the others stay away");
  EXPECT_EQ(report.hazards[0].way_out,
            "set maxUnavailable to 1, or lower the partition one pod at a time");

  update(snapshot);
  snapshot.pods.resize(2);
  snapshot.pods.push_back(crashing(pod_of(2, "web-new")));
  report = status(snapshot, clock());
  EXPECT_EQ(report.verdict, Verdict::kBlocked);
  EXPECT_EQ(report.hazards[0].message,
            "an update takes 3 pods away at once, and OrderedReady creates them again in order: if "
            "the lowest does not become Ready, the others stay away; now 2 are away until web-2 is "
            "Ready");

  snapshot.set.pod_management = kube::PodManagement::kParallel;
  EXPECT_THAT(status(snapshot, clock()).hazards, IsEmpty());
}

TEST(Status, ATypingErrorInReplicasStaysSmall) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.set.replicas = 2'000'000'000;
  EXPECT_EQ(status(snapshot, clock()).pods.size(), 10'000U);
}

TEST(SuspiciousNodes, AreThoseOfPodsThatDoNotGoOrWereGivenUp) {
  Snapshot snapshot = snapshot_of(4);
  EXPECT_THAT(suspicious_nodes(snapshot, clock()), IsEmpty());
  snapshot.pods[0] = terminating(pod_of(0), 31);
  snapshot.pods[1].node = "node-b";
  condition(snapshot.pods[1], "Ready").status = "False";  // its containers still say ready
  snapshot.pods[2] = unready(pod_of(2));
  snapshot.pods[2].node = "node-c";
  snapshot.pods[3] = terminating(pod_of(3), 5);
  snapshot.pods[3].node = "node-d";
  EXPECT_THAT(suspicious_nodes(snapshot, clock()), ElementsAre("node-a", "node-b"));
}

TEST(UnexplainedPod, IsTheFirstThatIsMissingWithoutAReason) {
  Snapshot snapshot = snapshot_of(3);
  EXPECT_EQ(unexplained_pod(snapshot, clock()), "");
  snapshot.pods.resize(1);
  EXPECT_EQ(unexplained_pod(snapshot, clock()), "web-1");
  snapshot.events.items = {
      failed_create_event("create Pod web-1 in StatefulSet web failed error: no")};
  EXPECT_EQ(unexplained_pod(snapshot, clock()), "");
  snapshot.events.items.clear();
  snapshot.pods[0] = unready(pod_of(0));
  EXPECT_EQ(unexplained_pod(snapshot, clock()), "");  // web-1's turn has not come
}

}  // namespace
}  // namespace sts::rollout
