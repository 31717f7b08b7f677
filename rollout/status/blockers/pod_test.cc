#include "rollout/status/testing.h"

#include <gtest/gtest.h>

namespace sts::rollout {
namespace {

using namespace testing;

// A set of one with this pod, nothing being updated.
std::string blockers_with(kube::Pod pod) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.pods[0] = std::move(pod);
  return blockers_of(snapshot);
}

TEST(CrashLoopBlocker, PointsAtTheLogs) {
  EXPECT_EQ(blockers_with(crashing(pod_of(0))),
            "[crash-loop] pod/web-0: container app of web-0 ends again and again\n- it ended with "
            "exit code 3 (Error) 12s ago, 4 restarts\n> find out why it ends, and mend that\n$ "
            "kubectl logs web-0 -c app --previous -n shop");
}

TEST(CrashLoopBlocker, IsSeenBetweenTwoEnds) {
  kube::Pod pod = unready(pod_of(0), 3);
  pod.containers[0].restarts = 2;
  pod.containers[0].last_terminated = kube::Terminated{"Error", "no such file", 1, 0, clock(599)};
  EXPECT_EQ(blockers_with(pod),
            "[crash-loop] pod/web-0: container app of web-0 ends again and again\n- it ended with "
            "exit code 1 (Error) 9m59s ago, 2 restarts\n- its last words: no such file\n> find out "
            "why it ends, and mend that\n$ kubectl logs web-0 -c app --previous -n shop");
  pod.containers[0].last_terminated->finished = clock(600);
  EXPECT_EQ(blockers_with(pod), "");
  pod.containers[0].last_terminated->finished = clock(10);
  pod.containers[0].restarts = 1;
  EXPECT_EQ(blockers_with(pod), "");
  pod.containers[0].restarts = 5;
  pod.containers[0].ready = true;
  EXPECT_EQ(blockers_with(pod), "");
}

TEST(CrashLoopBlocker, DuringAnUpdateTheWayBackIsTheRevisionThatThePodsRun) {
  Snapshot snapshot = snapshot_of(3);
  update(snapshot);
  snapshot.pods[2] = crashing(pod_of(2, "web-new"));
  EXPECT_EQ(blockers_of(snapshot),
            "[crash-loop] pod/web-2: container app of web-2 ends again and again\n- it ended with "
            "exit code 3 (Error) 12s ago, 4 restarts\n> find out why it ends, and mend that, or go "
            "back to web-old (revision 1); either way delete web-2 afterwards, since OrderedReady "
            "waits for it\n$ kubectl rollout undo statefulset/web --to-revision=1 -n shop");
  snapshot.set.pod_management = kube::PodManagement::kParallel;
  snapshot.revisions.items.clear();
  EXPECT_EQ(blockers_of(snapshot),
            "[crash-loop] pod/web-2: container app of web-2 ends again and again\n- it ended with "
            "exit code 3 (Error) 12s ago, 4 restarts\n> find out why it ends, and mend that, or go "
            "back to web-old\n$ kubectl rollout history statefulset/web -n shop");
}

TEST(OutOfMemoryBlocker, NamesTheLimit) {
  kube::Pod pod = crashing(pod_of(0));
  pod.containers[0].last_terminated->reason = "OOMKilled";
  pod.containers[0].memory_limit = "128Mi";
  EXPECT_EQ(
      blockers_with(pod),
      "[out-of-memory] pod/web-0: container app of web-0 was killed: it used more memory than "
      "its limit of 128Mi\n- OOMKilled, 4 restarts, last 12s ago\n> raise the memory limit "
      "of app\n$ kubectl set resources statefulset web -c app --limits=memory=SIZE -n shop");
  pod.containers[0].memory_limit = "";
  pod.containers[0].restarts = 1;
  EXPECT_EQ(
      blockers_with(pod),
      "[out-of-memory] pod/web-0: container app of web-0 was killed: it used more memory than "
      "there is\n- OOMKilled, 1 restart, last 12s ago\n> raise the memory limit of app\n$ "
      "kubectl set resources statefulset web -c app --limits=memory=SIZE -n shop");
  pod.containers[0].ready = true;
  pod.containers[0].waiting_reason = "";
  EXPECT_EQ(blockers_with(pod), "");  // long ago, it has recovered
}

TEST(ImagePullBlocker, NamesTheImage) {
  EXPECT_EQ(blockers_with(waiting_for(pod_of(0), "ImagePullBackOff", "Back-off pulling image")),
            "[image-pull] pod/web-0: web-0 cannot get the image registry.example/app:1 of "
            "container app\n- ImagePullBackOff: Back-off pulling image\n> name an image that "
            "exists and that the node may pull (imagePullSecrets)\n$ kubectl edit statefulset web "
            "-n shop");
  for (const char* reason : {"ErrImagePull", "InvalidImageName", "ErrImageNeverPull"}) {
    EXPECT_NE(blockers_with(waiting_for(pod_of(0), reason)), "") << reason;
  }
  EXPECT_EQ(blockers_with(waiting_for(pod_of(0), "ContainerCreating")), "");
}

TEST(ImagePullBlocker, LooksAtInitContainers) {
  kube::Pod pod = waiting_for(pod_of(0), "PodInitializing");
  kube::Container init;
  init.name = "setup";
  init.image = "registry.example/setup:9";
  init.seen = true;
  init.waiting_reason = "ErrImagePull";
  pod.init_containers = {init};
  EXPECT_EQ(blockers_with(pod).substr(0, 97),
            "[image-pull] pod/web-0: web-0 cannot get the image registry.example/setup:9 of "
            "container setup\n- ");
}

TEST(ContainerConfigBlocker, GivesTheKubeletsWords) {
  EXPECT_EQ(blockers_with(waiting_for(pod_of(0), "CreateContainerConfigError",
                                      "configmap \"settings\" not found")),
            "[container-config] pod/web-0: container app of web-0 cannot be started\n- "
            "CreateContainerConfigError: configmap \"settings\" not found\n> create what it refers "
            "to, or mend the template\n$ kubectl describe pod web-0 -n shop");
}

TEST(UnschedulableBlocker, GivesTheSchedulersWordsAndARemedy) {
  const auto way_out = [](const char* message) {
    const std::string text = blockers_with(pending(pod_of(0), message));
    const std::size_t begin = text.find("\n> ") + 3;
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  EXPECT_EQ(blockers_with(pending(pod_of(0), "0/3 nodes are available: 3 Insufficient cpu.")),
            "[unschedulable] pod/web-0: web-0 has found no node for 90s\n- the scheduler says: 0/3 "
            "nodes are available: 3 Insufficient cpu.\n> add a node, free room on one, or lower "
            "the template's requests\n$ kubectl describe nodes");
  EXPECT_EQ(way_out("0/3 nodes are available: 3 node(s) had untolerated taint {a: }."),
            "tolerate the taint in the pod template, or take it off the node");
  EXPECT_EQ(way_out("0/1 nodes are available: 1 node(s) were unschedulable."),
            "uncordon a node: kubectl uncordon NODE");
  EXPECT_EQ(way_out("0/1 nodes are available: 1 node(s) had volume node affinity conflict."),
            "bring back a node that its volume is tied to; deleting claim and pod begins with an "
            "empty volume elsewhere");
  EXPECT_EQ(way_out("something else"), "make room for it on a node");
  // What starts looks the same.
  EXPECT_EQ(blockers_with(pending(pod_of(0), "0/3 nodes are available", 29)), "");
}

TEST(UnschedulableBlocker, NamesSchedulingGates) {
  kube::Pod pod = pending(pod_of(0), "Scheduling is blocked due to non-empty scheduling gates");
  condition(pod, "PodScheduled").reason = "SchedulingGated";
  pod.scheduling_gates = {"example.com/quota"};
  EXPECT_EQ(blockers_with(pod),
            "[unschedulable] pod/web-0: web-0 is held back by scheduling gates for 90s\n- "
            "schedulingGates: example.com/quota\n> see to it that whoever set the gate takes it "
            "off\n$ kubectl edit pod web-0 -n shop");
}

// A set of one whose pod waits for its claim.
Snapshot with_claim(const std::string& phase, const std::string& scheduler) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.set.claim_templates = {{"data", "fast"}};
  snapshot.pods[0] = pending(pod_of(0), scheduler);
  snapshot.pods[0].claims = {"data-web-0"};
  kube::Claim claim;
  claim.meta.name = "data-web-0";
  claim.meta.created = clock(100);
  claim.storage_class = "fast";
  claim.requested = "1Gi";
  claim.phase = phase;
  claim.volume = phase == "Lost" ? "pv-1" : "";
  snapshot.claims.items = {claim};
  return snapshot;
}

constexpr const char* kUnbound =
    "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.";

TEST(ClaimBlocker, NamesTheClassAndTheProvisionersWords) {
  Snapshot snapshot = with_claim("Pending", kUnbound);
  kube::Event event;
  event.kind = "PersistentVolumeClaim";
  event.name = "data-web-0";
  event.reason = "ProvisioningFailed";
  event.message = "storageclass.storage.k8s.io \"fast\" not found";
  event.last_seen = clock(10);
  snapshot.events.items = {event};
  EXPECT_EQ(blockers_of(snapshot),
            "[claim] persistentvolumeclaim/data-web-0: web-0 waits for its claim data-web-0, which "
            "is not bound\n- Pending for 100s, StorageClass fast, 1Gi requested\n- "
            "ProvisioningFailed: storageclass.storage.k8s.io \"fast\" not found (10s ago)\n- the "
            "scheduler says: 0/3 nodes are available: pod has unbound immediate "
            "PersistentVolumeClaims.\n> make its class provision, or a PersistentVolume that fits; "
            "a claim that was never bound holds no data and may be deleted with its pod\n$ kubectl "
            "describe pvc data-web-0 -n shop");
}

TEST(ClaimBlocker, AClassThatBindsAtFirstUseIsNotToBlame) {
  const std::string text = blockers_of(with_claim("Pending",
                                                  "0/3 nodes are available: 3 "
                                                  "Insufficient cpu."));
  EXPECT_EQ(text.substr(0, text.find(' ')), "[unschedulable]");
}

TEST(ClaimBlocker, LostMissingAndDeleted) {
  const auto first_line = [](const std::string& text) { return text.substr(0, text.find('\n')); };
  EXPECT_EQ(first_line(blockers_of(with_claim("Lost", kUnbound))),
            "[claim] persistentvolumeclaim/data-web-0: web-0 waits for its claim data-web-0, whose "
            "PersistentVolume pv-1 is gone");
  Snapshot snapshot = with_claim("Bound", "persistentvolumeclaim \"data-web-0\" is being deleted");
  snapshot.claims.items[0].meta.deletion = clock(50);
  EXPECT_EQ(first_line(blockers_of(snapshot)),
            "[claim] persistentvolumeclaim/data-web-0: web-0 waits for its claim data-web-0, which "
            "is being deleted");
  snapshot = with_claim("Bound", "persistentvolumeclaim \"data-web-0\" not found");
  snapshot.claims.items.clear();
  EXPECT_EQ(first_line(blockers_of(snapshot)),
            "[claim] pod/web-0: web-0 names the claim data-web-0, which does not exist");
  // Not read, and the scheduler does not say so: nothing is known.
  snapshot = with_claim("Pending", "0/3 nodes are available: 3 Insufficient cpu.");
  snapshot.claims.items.clear();
  EXPECT_EQ(first_line(blockers_of(snapshot)),
            "[unschedulable] pod/web-0: web-0 has found no node for 90s");
}

TEST(VolumeMountBlocker, GivesTheKubeletsWords) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.pods[0] = waiting_for(pod_of(0), "ContainerCreating");
  snapshot.pods[0].phase = "Pending";
  kube::Event event;
  event.kind = "Pod";
  event.name = "web-0";
  event.uid = "uid-web-0";
  event.reason = "FailedMount";
  event.message = "MountVolume.SetUp failed for volume \"keys\" : secret \"keys\" not found";
  event.count = 3;
  event.last_seen = clock(40);
  snapshot.events.items = {event};
  EXPECT_EQ(blockers_of(snapshot),
            "[volume-mount] pod/web-0: node node-a cannot mount the volumes of web-0\n- "
            "FailedMount: MountVolume.SetUp failed for volume \"keys\" : secret \"keys\" not found "
            "(3 times, last 40s ago)\n> create what the message misses, or mend the volume; the "
            "kubelet tries again by itself\n$ kubectl describe pod web-0 -n shop");
  snapshot.events.items[0].reason = "FailedAttachVolume";
  snapshot.events.items[0].message = "Multi-Attach error for volume \"pv-1\"";
  EXPECT_EQ(blockers_of(snapshot),
            "[volume-mount] pod/web-0: a volume of web-0 cannot be attached to node node-a\n- "
            "FailedAttachVolume: Multi-Attach error for volume \"pv-1\" (3 times, last 40s ago)\n> "
            "it is still attached to another node: see whether a pod there still uses it; a node "
            "that is gone is given up after some minutes\n$ kubectl describe pod web-0 -n shop");
  snapshot.events.items[0].uid = "uid-before";
  EXPECT_EQ(blockers_of(snapshot), "");
}

TEST(FinalizerBlocker, NamesTheFinalizer) {
  kube::Pod pod = terminating(unready(pod_of(0)), 31);
  pod.containers[0].running = false;
  pod.meta.finalizers = {"example.com/backup"};
  EXPECT_EQ(blockers_with(pod),
            "[finalizer] pod/web-0: web-0 is deleted and its containers have ended, but finalizers "
            "keep it\n- finalizers: example.com/backup\n- it was to be gone 31s ago\n> see to it "
            "that whoever set the finalizer works; only if it never will, take it off by hand\n$ "
            "kubectl edit pod web-0 -n shop");
}

TEST(NodeLostBlocker, NeedsTheNodesWordForTheTaint) {
  Snapshot snapshot = snapshot_of(1);
  snapshot.pods[0] = terminating(unready(pod_of(0)), 45);
  EXPECT_EQ(blockers_of(snapshot),
            "[node-lost] pod/web-0: web-0 was to be gone 45s ago, and the kubelet of node node-a "
            "does not confirm it\n> look at the node; never force the deletion while the machine "
            "may still run\n$ kubectl describe node node-a");
  kube::ClusterNode node;
  node.meta.name = "node-a";
  node.conditions = {{"Ready", "Unknown", "NodeStatusUnknown", "", clock(200)}};
  snapshot.nodes = {node};
  EXPECT_EQ(blockers_of(snapshot),
            "[node-lost] pod/web-0: web-0 is on a node that is lost: node-a\n- Node node-a is not "
            "Ready for 3m20s (NodeStatusUnknown)\n- it was to be gone 45s ago\n> bring the node "
            "back; only if the machine is certainly off, say so, and its pods are created "
            "elsewhere\n$ kubectl taint node node-a "
            "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute");
  snapshot.nodes[0].conditions[0].status = "True";
  EXPECT_EQ(blockers_of(snapshot), "");
}

Snapshot reverted() {
  // web-old, then web-bad, then web-old again: the controller re-uses the old revision.
  Snapshot snapshot = snapshot_of(4);
  snapshot.pods[3] = crashing(pod_of(3, "web-bad"));
  for (const auto& [name, number] : {std::pair("web-old", 3), std::pair("web-bad", 2)}) {
    kube::ControllerRevision revision;
    revision.meta.name = name;
    revision.revision = number;
    snapshot.revisions.items.push_back(revision);
  }
  return snapshot;
}

TEST(StuckRevisionBlocker, ARevertedTemplateLeavesTheBrokenPod) {
  EXPECT_EQ(blockers_of(reverted()),
            "[stuck-revision] pod/web-3: web-3 is not Ready at web-bad (revision 2) and is to run "
            "web-old (revision 3), but OrderedReady waits for it to become Ready before it "
            "replaces it\n- CrashLoopBackOff, 0 of 1 containers ready, not Ready for 2m\n- "
            "container app of web-3 ends again and again\n- it ended with exit code 3 (Error) 12s "
            "ago, 4 restarts\n> delete it: it is created again at web-old\n$ kubectl delete pod "
            "web-3 -n shop");
  EXPECT_EQ(status(reverted(), clock()).verdict, Verdict::kBlocked);
}

TEST(StuckRevisionBlocker, APodThatIsOnlyNotReadyIsGivenTime) {
  Snapshot snapshot = reverted();
  snapshot.pods[3] = unready(pod_of(3, "web-bad"), 29);
  EXPECT_EQ(blockers_of(snapshot), "");
  snapshot.pods[3] = unready(pod_of(3, "web-bad"), 30);
  EXPECT_EQ(blockers_of(snapshot),
            "[stuck-revision] pod/web-3: web-3 is not Ready at web-bad (revision 2) and is to run "
            "web-old (revision 3), but OrderedReady waits for it to become Ready before it "
            "replaces it\n- Running, 0 of 1 containers ready, not Ready for 30s\n> delete it: it "
            "is created again at web-old\n$ kubectl delete pod web-3 -n shop");
}

TEST(StuckRevisionBlocker, NotBeforeTheControllerSawTheRevert) {
  Snapshot snapshot = reverted();
  snapshot.set.meta.generation = 9;
  EXPECT_EQ(blockers_of(snapshot).substr(0, 12), "[crash-loop]");
}

TEST(StuckRevisionBlocker, ParallelSetsReplaceItThemselvesOnMostServers) {
  Snapshot snapshot = reverted();
  snapshot.set.pod_management = kube::PodManagement::kParallel;
  const auto first_word = [&] {
    const std::string text = blockers_of(snapshot);
    return text.substr(0, text.find(' '));
  };
  EXPECT_EQ(first_word(), "[crash-loop]");
  snapshot.version = kube::Version{1, 35, 1};
  EXPECT_EQ(first_word(), "[stuck-revision]");
  snapshot.version = kube::Version{1, 35, 4};
  EXPECT_EQ(first_word(), "[crash-loop]");
}

TEST(StuckRevisionBlocker, ARaisedPartitionRollsNothingBack) {
  Snapshot snapshot = snapshot_of(4);
  update(snapshot);
  snapshot.set.partition = 32767;
  snapshot.pods[3] = crashing(pod_of(3, "web-new"));
  const std::string text = blockers_of(snapshot);
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "[stuck-revision] pod/web-3: web-3 is not Ready at web-new (revision 2) and is to run "
            "web-old (revision 1), but below the partition the controller replaces no pod by "
            "itself");
}

TEST(StuckRevisionBlocker, LowerPodsComeFirst) {
  Snapshot snapshot = reverted();
  snapshot.pods[1] = crashing(pod_of(1));
  const std::string text = blockers_of(snapshot);
  EXPECT_EQ(text.substr(text.rfind("\n> ")),
            "\n> get web-1 Ready first, since pods are created in order; then delete it: it is "
            "created again at web-old\n$ kubectl delete pod web-3 -n shop");
}

TEST(StuckRevisionBlocker, OnDeleteIsYourJob) {
  Snapshot snapshot = snapshot_of(2);
  update(snapshot);
  snapshot.set.strategy = kube::UpdateStrategy::kOnDelete;
  snapshot.pods[0] = crashing(pod_of(0));
  const std::string text = blockers_of(snapshot);
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "[stuck-revision] pod/web-0: web-0 is not Ready at web-old (revision 1) and is to run "
            "web-new (revision 2), but with updateStrategy OnDelete nobody replaces it but you");
}

}  // namespace
}  // namespace sts::rollout
