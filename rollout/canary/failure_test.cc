#include "rollout/canary/failure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::rollout::canary {
namespace {

using std::chrono::seconds;

const kube::Time kBegan{seconds(1'800'000'000)};

class FindFailure : public testing::Test {
 protected:
  FindFailure() {
    observed_.set.meta.name = "web";
    observed_.set.meta.uid = "set-web";
    observed_.set.replicas = 3;
    observed_.now = kBegan + seconds(100);
    state_.base = "old";
    state_.can = "new";
    state_.kept = 2;
    state_.began = kBegan;
    for (int i = 0; i < 3; ++i) {
      kube::Pod pod;
      pod.meta.name = "web-" + std::to_string(i);
      pod.meta.created = i < 2 ? kBegan - seconds(1000) : kBegan + seconds(10);
      pod.meta.labels[std::string(kube::kRevisionLabel)] = i < 2 ? "old" : "new";
      pod.meta.owners.push_back({"apps/v1", "StatefulSet", "web", "set-web", true});
      pod.phase = "Running";
      pod.conditions = {{"Ready", "True", "", "", *pod.meta.created + seconds(5)}};
      pod.containers.resize(1);
      pod.containers[0].name = "app";
      pod.containers[0].image = "app:2";
      observed_.pods.push_back(std::move(pod));
    }
  }

  kube::Pod& pod(std::size_t index) { return observed_.pods[index]; }
  kube::Container& app(std::size_t index) { return pod(index).containers[0]; }
  void ended(std::size_t index, const std::string& reason, kube::Time when) {
    app(index).last_terminated = kube::Terminated{};
    app(index).last_terminated->reason = reason;
    app(index).last_terminated->finished = when;
    app(index).restarts += 1;
  }
  void ready(std::size_t index, bool is, kube::Time since) {
    pod(index).conditions = {{"Ready", is ? "True" : "False", "", "", since}};
  }

  // "R web-2: …", "-" for none.
  std::string found(bool soaking = false) {
    if (soaking) state_.soak_until = kBegan + seconds(50) + state_.plan.soak;
    const auto failure = find_failure(observed_, state_, soaking);
    if (!failure) return "-";
    static constexpr const char* kClasses[] = {"R", "N", "U", "S"};
    return std::string(kClasses[static_cast<int>(failure->whose)]) + " " + failure->what;
  }

  Observation observed_;
  State state_;
};

TEST_F(FindFailure, HealthyPodsHaveNone) {
  EXPECT_EQ(found(), "-");
  EXPECT_EQ(found(true), "-");
}

TEST_F(FindFailure, WaitingReasonsHaveTheirPatience) {
  ready(2, false, kBegan + seconds(10));
  struct Case {
    const char* reason;
    int patience;
  };
  for (const Case& each :
       {Case{"InvalidImageName", 0}, Case{"ErrImageNeverPull", 0}, Case{"CrashLoopBackOff", 0},
        Case{"ErrImagePull", 60}, Case{"ImagePullBackOff", 60}, Case{"ImageInspectError", 60},
        Case{"RegistryUnavailable", 60}, Case{"CreateContainerConfigError", 30},
        Case{"CreateContainerError", 30}, Case{"RunContainerError", 30},
        Case{"PreCreateHookError", 30}, Case{"PostStartHookError", 30}}) {
    app(2).waiting_reason = each.reason;
    observed_.now = *pod(2).meta.created + seconds(each.patience);
    EXPECT_EQ(found(), std::string("R container app of web-2 waits: ") + each.reason);
    observed_.now -= seconds(1);
    if (each.patience > 0) {
      EXPECT_EQ(found(), "-") << each.reason;
    }
  }
  app(2).waiting_reason = "ContainerCreating";
  observed_.now = kBegan + seconds(100);
  EXPECT_EQ(found(), "-");
}

TEST_F(FindFailure, AnInitContainerCounts) {
  pod(2).init_containers.resize(1);
  pod(2).init_containers[0].name = "migrate";
  pod(2).init_containers[0].waiting_reason = "CrashLoopBackOff";
  EXPECT_EQ(found(), "R container migrate of web-2 waits: CrashLoopBackOff");
}

TEST_F(FindFailure, ARegistryThatFailsForTheBaselineTooIsNotTheRevisions) {
  app(2).waiting_reason = app(0).waiting_reason = "ImagePullBackOff";
  EXPECT_EQ(found(), "N container app of web-2 waits: ImagePullBackOff");
}

TEST_F(FindFailure, OutOfMemory) {
  ended(2, "OOMKilled", kBegan + seconds(20));
  app(2).memory_limit = "64Mi";
  EXPECT_EQ(found(),
            "R container app of web-2 was killed for using more memory than its limit (64Mi)");
}

TEST_F(FindFailure, OneRestartWhileStartingIsForgivenTwoAreNot) {
  ended(2, "Error", kBegan + seconds(20));
  EXPECT_EQ(found(), "-");
  ended(2, "Error", kBegan + seconds(30));
  EXPECT_EQ(found(), "R web-2 has restarted 2 times");
}

TEST_F(FindFailure, WhatWasBeforeAResumeIsForgiven) {
  ended(2, "OOMKilled", kBegan - seconds(20));
  ended(2, "OOMKilled", kBegan - seconds(10));
  EXPECT_EQ(found(), "-");
}

TEST_F(FindFailure, InASoakNoRestartIsForgiven) {
  ended(2, "Error", kBegan + seconds(60));
  EXPECT_EQ(found(true), "R web-2 restarted in its soak");
}

TEST_F(FindFailure, LostReadinessInASoak) {
  ready(2, false, kBegan + seconds(60));
  EXPECT_EQ(found(true), "R web-2 is no longer Ready");
  ready(2, true, kBegan + seconds(60));
  EXPECT_EQ(found(true), "R web-2 was not Ready for a while in its soak");
}

TEST_F(FindFailure, APodMadeAnewInTheSoakIsNoFlap) {
  pod(2).meta.created = kBegan + seconds(60);
  ready(2, true, kBegan + seconds(65));
  EXPECT_EQ(found(true), "-");
}

TEST_F(FindFailure, TheDeadline) {
  ready(2, false, kBegan + seconds(10));
  observed_.now = kBegan + seconds(610);
  EXPECT_EQ(found(), "-");
  observed_.now += seconds(1);
  EXPECT_EQ(found(), "U web-2 is not Available after 10m");
}

TEST_F(FindFailure, ABaselinePodThatIsHurt) {
  ended(0, "Error", kBegan + seconds(1));
  EXPECT_EQ(found(), "R web-0, at the baseline, restarted after the canary had begun");
  app(0).last_terminated->finished = kBegan - seconds(1);
  ready(0, false, kBegan + seconds(1));
  EXPECT_EQ(found(), "R web-0, at the baseline, is no longer Ready since the canary has begun");
}

TEST_F(FindFailure, ALostNodeOrAnEvictionExplainsIt) {
  ready(0, false, kBegan + seconds(1));
  pod(0).node = "n1";
  observed_.lost_nodes = {"n1"};
  EXPECT_EQ(found(), "-");
  observed_.lost_nodes.clear();
  pod(0).conditions.push_back({"DisruptionTarget", "True", "EvictionByEvictionAPI", "", {}});
  EXPECT_EQ(found(), "-");
  pod(0).conditions.pop_back();
  pod(0).phase = "Failed";
  pod(0).reason = "OutOfcpu";
  EXPECT_EQ(found(), "-");
}

TEST_F(FindFailure, NoNode) {
  pod(2).conditions = {
      {"PodScheduled", "False", "Unschedulable", "0/3 nodes are available", kBegan + seconds(10)}};
  observed_.now = kBegan + seconds(130);
  EXPECT_EQ(found(), "-");
  observed_.now += seconds(1);
  EXPECT_EQ(found(), "N no node takes web-2: 0/3 nodes are available");
}

TEST_F(FindFailure, APodThatDoesNotGo) {
  pod(2).meta.deletion = kBegan;
  observed_.now = kBegan + seconds(60);
  EXPECT_EQ(found(), "-");
  observed_.now += seconds(1);
  EXPECT_EQ(found(), "S web-2 was to be gone 61s ago: its node may be lost");
}

TEST_F(FindFailure, APodThatCannotBeCreated) {
  observed_.pods.pop_back();
  kube::Event event;
  event.reason = "FailedCreate";
  event.uid = "set-web";
  event.last_seen = kBegan + seconds(20);
  const auto says = [&](const std::string& text) {
    event.message = "create Pod web-2 in StatefulSet web failed error: " + text;
    observed_.events = {event};
    return found();
  };
  const std::string start =
      " web-2 cannot be created: create Pod web-2 in StatefulSet web failed error: ";
  EXPECT_EQ(says("Pod \"web-2\" is invalid: x"), "R" + start + "Pod \"web-2\" is invalid: x");
  EXPECT_EQ(says("pods \"web-2\" is forbidden: exceeded quota: q"),
            "N" + start + "pods \"web-2\" is forbidden: exceeded quota: q");
  EXPECT_EQ(says("etcdserver: request timed out"), "N" + start + "etcdserver: request timed out");
  event.last_seen = kBegan - seconds(1);
  EXPECT_EQ(says("Pod \"web-2\" is invalid: x"), "-");
}

TEST_F(FindFailure, AMovedTag) {
  pod(1).meta.labels[std::string(kube::kRevisionLabel)] = "new";
  app(1).image_id = "app@sha256:1";
  app(2).image_id = "app@sha256:2";
  EXPECT_EQ(found(),
            "R container app of web-2 runs another image (app@sha256:2) than other pods of "
            "the canary (app@sha256:1): the tag of app:2 was moved");
  state_.plan.allow_tag_drift = true;
  EXPECT_EQ(found(), "-");
}

TEST_F(FindFailure, TheRevisionsFaultComesFirst) {
  pod(0).meta.deletion = kBegan - seconds(1000);
  app(2).waiting_reason = "CrashLoopBackOff";
  EXPECT_EQ(found(), "R container app of web-2 waits: CrashLoopBackOff");
}

}  // namespace
}  // namespace sts::rollout::canary
