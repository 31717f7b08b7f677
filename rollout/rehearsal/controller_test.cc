// The semantics of facts known of the real controller, each on the model. e2e/ holds the model
// against a real one.
#include "rollout/rehearsal/controller.h"

#include "rollout/rehearsal/kubelet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace sts::rollout::rehearsal {
namespace {

using kube::Version;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Version k133{1, 33, 13};
constexpr Version k135{1, 35, 1};
constexpr Version k137{1, 37, 1};
constexpr std::int64_t kPark = 32767;

std::string pod_template(const std::string& image) {
  return R"({"spec":{"containers":[{"image":")" + image + R"(","name":"app"}]}})";
}

class Controller : public testing::Test {
 protected:
  void start(const Version& version, std::int64_t replicas,
             kube::PodManagement management = kube::PodManagement::kOrderedReady) {
    kube::StatefulSet set;
    set.meta.name = "web";
    set.replicas = replicas;
    set.pod_management = management;
    set.pod_template = pod_template("app:1");
    world_ = settled_world(std::move(set), version, kube::Time(seconds(1'800'000'000)));
    base_ = world_.set.current_revision;
  }

  void change(const std::function<void(kube::StatefulSet&)>& edit) {
    edit(world_.set);
    touch_spec(world_);
  }
  void release(const std::string& image, std::int64_t partition = 0) {
    change([&](kube::StatefulSet& set) {
      set.pod_template = pod_template(image);
      set.partition = partition;
    });
  }

  // Virtual time goes by, second by second.
  void run(seconds duration = seconds(300)) {
    for (const kube::Time end = world_.now + duration; world_.now < end; world_.now += seconds(1)) {
      tick();
    }
  }
  void tick() {
    run_kubelets(world_, [&](const kube::Pod& pod) {
      const auto fault = faults_.find(pod.containers.front().image);
      return Behaviour{fault == faults_.end() ? Fault::kNone : fault->second, seconds(3),
                       seconds(1)};
    });
    for (const PodStep& step : sync(world_)) {
      steps_.push_back((step.what == PodStep::What::kCreated ? "+" : "-") + step.pod);
    }
  }
  void kill(const std::string& pod) { delete_pod(world_, pod); }

  // Image tags by ordinal, "." for a missing pod: "1 1 2 2".
  std::string images() {
    std::string line;
    for (std::int64_t i = 0; i < world_.set.replicas; ++i) {
      const kube::Pod* pod = world_.pod(world_.set.pod_name(world_.set.ordinals_start + i));
      const std::string image = pod == nullptr ? ":." : pod->containers.front().image;
      line += (line.empty() ? "" : " ") + image.substr(image.find(':') + 1);
    }
    return line;
  }

  World world_;
  std::string base_;
  std::map<std::string, Fault> faults_;
  std::vector<std::string> steps_;
};

TEST_F(Controller, AWholeUpdateGoesFromTheHighestOrdinalOneByOne) {
  for (const Version& version : {k133, k135, k137}) {
    start(version, 3);
    steps_.clear();
    release("app:2");
    run();
    EXPECT_EQ(images(), "2 2 2");
    EXPECT_THAT(steps_, ElementsAre("-web-2", "+web-2", "-web-1", "+web-1", "-web-0", "+web-0"));
    EXPECT_EQ(world_.set.current_revision, world_.set.update_revision);
  }
}

TEST_F(Controller, ThePartitionKeepsThePodsBelowIt) {
  start(k137, 4);
  release("app:2", 2);
  run();
  EXPECT_EQ(images(), "1 1 2 2");
  EXPECT_EQ(world_.set.current_revision, base_);
  EXPECT_EQ(world_.set.current_replicas, 2);
  EXPECT_EQ(world_.set.updated_replicas, 2);
}

TEST_F(Controller, APodBelowThePartitionComesBackAsItWas) {
  start(k137, 4);
  release("app:2", 2);
  run();
  kill("web-0");
  kill("web-3");
  run();
  EXPECT_EQ(images(), "1 1 2 2");
}

TEST_F(Controller, RaisingThePartitionRollsNothingBackDeletingDoes) {
  start(k137, 4);
  release("app:2", 2);
  run();
  change([](auto& set) { set.partition = kPark; });
  run();
  EXPECT_EQ(images(), "1 1 2 2");
  kill("web-3");
  run();
  EXPECT_EQ(images(), "1 1 2 1");
}

TEST_F(Controller, ThePartitionIsAnIndexNotAnOrdinal) {
  start(k137, 4);
  change([](auto& set) { set.ordinals_start = 2; });
  run();
  release("app:2", 3);
  run();
  EXPECT_EQ(images(), "1 1 1 2");
  EXPECT_NE(world_.pod("web-5"), nullptr);
}

TEST_F(Controller, ScaleUpUnderAParkedPartitionMakesBaselinePodsBelowItCanaries) {
  start(k137, 3);
  release("app:2", kPark);
  change([](auto& set) { set.replicas = 5; });
  run();
  EXPECT_EQ(images(), "1 1 1 1 1");
  change([](auto& set) { set.partition = 5; });
  change([](auto& set) { set.replicas = 6; });
  run();
  EXPECT_EQ(images(), "1 1 1 1 1 2");
}

TEST_F(Controller, ScaledToZeroTheCanaryBecomesCurrent) {
  start(k137, 3);
  release("app:2", kPark);
  run();
  change([](auto& set) { set.replicas = 0; });
  run();
  change([](auto& set) { set.replicas = 3; });
  run();
  EXPECT_EQ(images(), "2 2 2");
}

TEST_F(Controller, ARevertedTemplateNeverHealsAnOrderedSet) {
  for (const Version& version : {k133, k135, k137}) {
    start(version, 3);
    faults_["app:bad"] = Fault::kCrash;
    release("app:bad");
    run();
    EXPECT_EQ(images(), "1 1 bad");
    release("app:1");
    run(seconds(1200));
    EXPECT_EQ(images(), "1 1 bad");
    EXPECT_EQ(world_.set.update_revision, base_);
    kill("web-2");
    run();
    EXPECT_EQ(images(), "1 1 1");
  }
}

TEST_F(Controller, AParallelSetHealsByItselfButNotOn135) {
  const std::map<Version, std::string> ends = {{k133, "1 1 1"}, {k135, "1 1 bad"}, {k137, "1 1 1"}};
  for (const auto& [version, end] : ends) {
    start(version, 3, kube::PodManagement::kParallel);
    faults_["app:bad"] = Fault::kCrash;
    release("app:bad");
    run();
    EXPECT_EQ(images(), "1 1 bad");
    release("app:1");
    run();
    EXPECT_EQ(images(), end) << kube::to_string(version);
  }
}

TEST_F(Controller, DeletedBeforeTheRevertIsSeenItComesBackBad) {
  start(k137, 3);
  faults_["app:bad"] = Fault::kCrash;
  release("app:bad");
  run();
  kill("web-2");
  run(seconds(20));
  EXPECT_EQ(images(), "1 1 bad");
}

TEST_F(Controller, SeveralAtOnceAreNotMadeAgainBehindABrokenOne) {
  for (const Version& version : {k135, k137}) {
    start(version, 5);
    faults_["app:bad"] = Fault::kCrash;
    change([](auto& set) { set.max_unavailable = kube::IntOrPercent{3, false}; });
    release("app:bad");
    run();
    EXPECT_EQ(images(), "1 1 bad . .");
    change([](auto& set) { set.partition = 9; });
    run();
    EXPECT_EQ(images(), "1 1 bad . .");
  }
  start(k133, 5);
  change([](auto& set) { set.max_unavailable = kube::IntOrPercent{3, false}; });
  release("app:bad");
  run();
  EXPECT_EQ(images(), "1 1 1 1 bad");
}

TEST_F(Controller, ASickPodBelowDoesNotBlockAParallelSetWithoutTheGate) {
  start(k133, 5, kube::PodManagement::kParallel);
  for (kube::Container& container : world_.pod("web-0")->containers) container.image = "app:sick";
  faults_["app:sick"] = Fault::kNeverReady;
  run(seconds(5));
  release("app:2", 4);
  run();
  EXPECT_EQ(images(), "sick 1 1 1 2");
}

TEST_F(Controller, ThreeTemplatesTheFirstStaysCurrent) {
  start(k137, 4);
  release("app:2", 2);
  run();
  release("app:3", 2);
  run();
  EXPECT_EQ(images(), "1 1 3 3");
  EXPECT_EQ(world_.set.current_revision, base_);
  kill("web-1");
  run();
  EXPECT_EQ(images(), "1 1 3 3");
}

TEST_F(Controller, WithoutTheRevisionThatIsCurrentPodsBelowThePartitionBecomeNew) {
  start(k137, 4);
  release("app:2", 2);
  run();
  std::erase_if(world_.revisions, [&](const auto& each) { return each.meta.name == base_; });
  kill("web-0");
  run();
  EXPECT_EQ(images(), "2 1 2 2");
}

TEST_F(Controller, ARevertTakesTheOldRevisionWithTheHighestNumber) {
  start(k137, 2);
  release("app:2");
  run();
  release("app:1");
  run();
  EXPECT_EQ(world_.set.current_revision, base_);
  EXPECT_EQ(world_.revision(base_)->revision, 3);
  EXPECT_EQ(world_.revisions.size(), 2U);
}

TEST_F(Controller, HistoryIsCutButNeverWhatRuns) {
  start(k137, 2);
  change([](auto& set) { set.revision_history_limit = 0; });
  release("app:2", 1);
  run();
  EXPECT_EQ(world_.revisions.size(), 2U);
  change([](auto& set) { set.partition = 0; });
  run();
  EXPECT_EQ(world_.revisions.size(), 1U);
}

TEST_F(Controller, OnDeleteWaitsForSomebody) {
  start(k137, 3);
  change([](auto& set) { set.strategy = kube::UpdateStrategy::kOnDelete; });
  release("app:2");
  run();
  EXPECT_EQ(images(), "1 1 1");
  kill("web-1");
  run();
  EXPECT_EQ(images(), "1 2 1");
}

TEST_F(Controller, OnDeleteIsPromotedSince136) {
  for (const auto& [version, promoted] : std::map<Version, bool>{{k135, false}, {k137, true}}) {
    start(version, 1);
    change([](auto& set) { set.strategy = kube::UpdateStrategy::kOnDelete; });
    release("app:2");
    run();
    kill("web-0");
    run();
    EXPECT_EQ(images(), "2");
    EXPECT_EQ(world_.set.current_revision == world_.set.update_revision, promoted);
  }
}

TEST_F(Controller, MinReadySecondsHoldsAnOrderedSet) {
  start(k137, 3);
  change([](auto& set) { set.min_ready_seconds = 60; });
  release("app:2");
  run(seconds(50));
  EXPECT_EQ(images(), "1 1 2");
  run(seconds(300));
  EXPECT_EQ(images(), "2 2 2");
}

TEST_F(Controller, NothingToDoIsNothingDone) {
  start(k137, 3);
  steps_.clear();
  run();
  EXPECT_THAT(steps_, IsEmpty());
}

}  // namespace
}  // namespace sts::rollout::rehearsal
