"""What e2e/stages/README.md promises of pods, claims and nodes."""

from control_plane import furniture
from control_plane.case import ClusterTest, claim_template, headless_service, is_ready, stateful_set


def container(pod: dict) -> dict:
    statuses = pod["status"].get("containerStatuses", [{}])
    return statuses[0]


class Stages(ClusterTest):
    def set_of(self, tag: str, replicas: int = 1, **spec) -> dict:
        self.create(
            headless_service(), stateful_set(image=f"example.com/app:{tag}", replicas=replicas, **spec)
        )

    def pod(self, name: str = "web-0") -> dict:
        found = self.client.get("v1", "Pod", self.namespace, name)
        assert found is not None, f"no pod {name}"
        return found

    def wait_pod(self, what: str, holds, name: str = "web-0") -> dict:
        return self.eventually(f"pod {name}: {what}", lambda: (pod := self.pod(name)) and holds(pod) and pod)

    def wait_reason(self, reason: str) -> dict:
        return self.wait_pod(
            reason, lambda pod: container(pod).get("state", {}).get("waiting", {}).get("reason") == reason
        )

    def test_ready(self):
        self.set_of("1.0", replicas=3)
        self.wait_ready("web")
        pods = self.pods()
        self.assertEqual(sorted(pods), ["web-0", "web-1", "web-2"])
        self.assertEqual(len({pod["status"]["podIP"] for pod in pods.values()}), 3)

    def test_ready_with_init_containers(self):
        self.set_of(
            "1.0",
            template={
                "spec": {
                    "initContainers": [
                        {"name": "once", "image": "example.com/once:1"},
                        {"name": "beside", "image": "example.com/beside:1", "restartPolicy": "Always"},
                    ]
                }
            },
        )
        self.wait_ready("web")
        once, beside = self.pod()["status"]["initContainerStatuses"]
        self.assertEqual(once["state"]["terminated"]["reason"], "Completed")
        self.assertIn("running", beside["state"])

    def test_slow(self):
        self.set_of("slow", template={"metadata": {"annotations": {"e2e.kubectl-sts/ready-after": "2s"}}})
        pod = self.wait_pod("runs", lambda pod: pod["status"]["phase"] == "Running")
        self.assertTrue(pod["status"]["podIP"])
        self.assertFalse(is_ready(pod))
        self.wait_ready("web")

    def test_hold_until_told(self):
        self.set_of("hold", replicas=2)
        pod = self.wait_pod("runs", lambda pod: pod["status"]["phase"] == "Running")
        self.assertTrue(pod["status"]["podIP"])
        self.stays("web-0 is held", lambda: not is_ready(self.pod()))
        self.kubectl("annotate", "pod", "web-0", "e2e.kubectl-sts/ready=true")
        self.wait_pod("is Ready", is_ready)
        self.wait_pod("is made", lambda pod: not is_ready(pod), "web-1")

    def test_init(self):
        self.set_of(
            "init", template={"spec": {"initContainers": [{"name": "wait", "image": "example.com/wait:1"}]}}
        )
        pod = self.wait_reason("PodInitializing")
        self.assertEqual(pod["status"]["phase"], "Pending")
        self.assertIn("running", pod["status"]["initContainerStatuses"][0]["state"])

    def test_crash(self):
        self.set_of("crash")
        self.wait_reason("CrashLoopBackOff")
        pod = self.wait_pod("restarts thrice", lambda pod: container(pod).get("restartCount", 0) >= 3)
        self.assertEqual(container(pod)["lastState"]["terminated"]["exitCode"], 1)
        self.assertFalse(is_ready(pod))
        self.assertTrue(pod["status"]["podIP"])
        self.eventually(
            "an event says so", lambda: "BackOff" in [e["reason"] for e in self.events(name="web-0")]
        )

    def test_oom(self):
        self.set_of("oom")
        pod = self.wait_reason("CrashLoopBackOff")
        self.assertEqual(container(pod)["lastState"]["terminated"]["reason"], "OOMKilled")
        self.assertEqual(container(pod)["lastState"]["terminated"]["exitCode"], 137)

    def test_pull(self):
        self.set_of("pull")
        pod = self.wait_reason("ImagePullBackOff")
        self.assertEqual(pod["status"]["phase"], "Pending")
        self.assertTrue(pod["status"]["podIP"])

    def test_flap(self):
        self.set_of("flap")
        for _ in range(2):
            self.wait_pod("is Ready", is_ready)
            self.wait_pod("is not Ready", lambda pod: not is_ready(pod))

    def test_never_scheduled(self):
        self.set_of("1.0", template={"spec": {"nodeSelector": {"e2e.kubectl-sts/never": "true"}}})
        self.eventually(
            "an event says so", lambda: "FailedScheduling" in [e["reason"] for e in self.events(name="web-0")]
        )
        self.assertNotIn("nodeName", self.pod()["spec"])

    def test_job_completes(self):
        self.create(
            {
                "apiVersion": "batch/v1",
                "kind": "Job",
                "metadata": {"name": "once"},
                "spec": {
                    "template": {
                        "spec": {
                            "restartPolicy": "Never",
                            "containers": [{"name": "main", "image": "example.com/once:1"}],
                        }
                    }
                },
            }
        )
        self.eventually(
            "the Job succeeded",
            lambda: self.client.get("batch/v1", "Job", self.namespace, "once")["status"].get("succeeded")
            == 1,
        )

    def test_claims_bind(self):
        for storage_class in (None, "fast", "kwok-volume"):
            name = storage_class or "default"
            self.create(
                headless_service(name),
                stateful_set(
                    name, replicas=1, volumeClaimTemplates=[claim_template(storage_class=storage_class)]
                ),
            )
            self.wait_ready(name)
            claim = self.client.get("v1", "PersistentVolumeClaim", self.namespace, f"data-{name}-0")
            self.assertEqual(claim["status"]["phase"], "Bound")
            self.assertEqual(claim["spec"]["storageClassName"], storage_class or "standard")

    def test_claim_stays_pending(self):
        self.set_of("1.0", volumeClaimTemplates=[claim_template(storage_class="pending")])
        self.eventually(
            "the pod waits", lambda: "FailedScheduling" in [e["reason"] for e in self.events(name="web-0")]
        )
        claim = self.client.get("v1", "PersistentVolumeClaim", self.namespace, "data-web-0")
        self.assertEqual(claim["status"]["phase"], "Pending")

    def test_claim_grows(self):
        self.set_of("1.0", volumeClaimTemplates=[claim_template(storage_class="fast")])
        self.wait_ready("web")
        grown = {"spec": {"resources": {"requests": {"storage": "2Gi"}}}}
        self.client.patch("v1", "PersistentVolumeClaim", self.namespace, "data-web-0", grown)

        def capacity():
            claim = self.client.get("v1", "PersistentVolumeClaim", self.namespace, "data-web-0")
            return claim["status"]["capacity"]["storage"]

        self.eventually("the claim has grown", lambda: capacity() == "2Gi")

    def test_deleted_volume_of_a_deleted_claim(self):
        self.set_of("1.0", volumeClaimTemplates=[claim_template()])
        self.wait_ready("web")
        claim = self.client.get("v1", "PersistentVolumeClaim", self.namespace, "data-web-0")
        volume = claim["spec"]["volumeName"]
        self.client.delete("apps/v1", "StatefulSet", self.namespace, "web")
        self.eventually("the pod is gone", lambda: not self.pods())
        self.client.delete("v1", "PersistentVolumeClaim", self.namespace, "data-web-0")
        self.eventually(
            "the volume is gone", lambda: self.client.get("v1", "PersistentVolume", None, volume) is None
        )

    def test_node_vanishes_and_comes_back(self):
        name = f"vanishing-{self.namespace[-6:]}"
        here = {"e2e.kubectl-sts/of": name}
        node = furniture.node(name, "c", 200, here)
        node["spec"] = {"taints": [{"key": name, "effect": "NoSchedule"}]}  # other tests' pods stay away
        self.client.create(node)
        self.addCleanup(self.client.delete, "v1", "Node", None, name)
        self.set_of(
            "1.0",
            template={"spec": {"nodeSelector": here, "tolerations": [{"key": name, "operator": "Exists"}]}},
        )
        self.wait_ready("web")
        self.client.patch("v1", "Node", None, name, {"metadata": {"labels": {furniture.GONE: "true"}}})
        self.wait_pod("is not Ready", lambda pod: not is_ready(pod))
        self.wait_pod("is evicted, and nothing ends it", lambda pod: "deletionTimestamp" in pod["metadata"])
        self.client.patch("v1", "Node", None, name, {"metadata": {"labels": {furniture.GONE: None}}})
        self.wait_ready("web")


class HeldNamespace(ClusterTest):
    held = True

    def test_nothing_is_ready(self):
        self.create(headless_service(), stateful_set(replicas=1))
        self.eventually("the pod runs", lambda: self.pods()["web-0"]["status"]["phase"] == "Running")
        self.assertFalse(is_ready(self.pods()["web-0"]))
        name = f"web-0.web.{self.namespace}.svc.cluster.local"
        self.assertEqual(self.cluster.resolve(name).rcode, "NXDOMAIN")
        self.kubectl("annotate", "pod", "web-0", "e2e.kubectl-sts/ready=true")
        self.wait_ready("web")
        self.eventually("its name resolves", lambda: self.resolves(name))
