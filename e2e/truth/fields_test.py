"""Which fields of a StatefulSet can be changed, and which versions know which fields."""

import copy

from control_plane.case import ClusterTest, claim_template, headless_service, stateful_set
from control_plane.client import ApiError

# The new value of each field, as a merge patch of the spec; from which minor version on it is accepted (None: never).
CHANGES = [
    ("replicas", {"replicas": 2}, 33),
    ("template", {"template": {"metadata": {"annotations": {"a": "b"}}}}, 33),
    ("updateStrategy", {"updateStrategy": {"type": "OnDelete", "rollingUpdate": None}}, 33),
    ("updateStrategy.rollingUpdate.partition", {"updateStrategy": {"rollingUpdate": {"partition": 1}}}, 33),
    ("minReadySeconds", {"minReadySeconds": 5}, 33),
    (
        "persistentVolumeClaimRetentionPolicy",
        {"persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete"}},
        33,
    ),
    ("ordinals", {"ordinals": {"start": 1}}, 33),
    ("revisionHistoryLimit", {"revisionHistoryLimit": 3}, 33),
    (
        "selector",
        {"selector": {"matchLabels": {"tier": "db"}}, "template": {"metadata": {"labels": {"tier": "db"}}}},
        None,
    ),
    ("serviceName", {"serviceName": "other"}, None),
    ("podManagementPolicy", {"podManagementPolicy": "Parallel"}, None),
    (
        "volumeClaimTemplates: size",
        {"volumeClaimTemplates": [claim_template(resources={"requests": {"storage": "2Gi"}})]},
        None,
    ),
    ("volumeClaimTemplates: class", {"volumeClaimTemplates": [claim_template(storage_class="fast")]}, None),
    ("volumeClaimTemplates: name", {"volumeClaimTemplates": [claim_template("other")]}, None),
    (
        "volumeClaimTemplates: one more",
        {"volumeClaimTemplates": [claim_template(), claim_template("more")]},
        None,
    ),
    ("volumeClaimTemplates: none", {"volumeClaimTemplates": []}, None),
    (
        "volumeClaimTemplates: labels",
        {"volumeClaimTemplates": [claim_template() | {"metadata": {"name": "data", "labels": {"a": "b"}}}]},
        None,
    ),
]

# What is the same by value is no change, however it is written.
SAME = [
    (
        "a quantity written otherwise",
        {"volumeClaimTemplates": [claim_template(resources={"requests": {"storage": "1024Mi"}})]},
    ),
    ("podManagementPolicy written out", {"podManagementPolicy": "OrderedReady"}),
    ("volumeMode written out", {"volumeClaimTemplates": [claim_template(volumeMode="Filesystem")]}),
]


class MutableFields(ClusterTest):
    def setUp(self):
        super().setUp()
        self.create(headless_service(), stateful_set(replicas=1, volumeClaimTemplates=[claim_template()]))

    def change(self, patch: dict) -> None:
        self.client.patch(
            "apps/v1", "StatefulSet", self.namespace, "web", {"spec": copy.deepcopy(patch)}, dryRun="All"
        )

    def test_changes(self):
        for field, patch, since in CHANGES:
            with self.subTest(field=field):
                if since is not None and since <= self.cluster.minor:
                    self.change(patch)
                    continue
                with self.assertRaises(ApiError) as caught:
                    self.change(patch)
                self.assertEqual(caught.exception.code, 422)
                self.assertRegex(
                    str(caught.exception),
                    "Forbidden: updates to statefulset spec for fields other than|Invalid value: .*: field is immutable",
                )

    def test_the_same_by_value_is_no_change(self):
        for what, patch in SAME:
            with self.subTest(what):
                self.change(patch)

    def test_a_daemon_set_keeps_its_selector(self):
        body = stateful_set("d")
        body["kind"] = "DaemonSet"
        del body["spec"]["serviceName"], body["spec"]["replicas"]
        self.create(body)
        labels = {"tier": "db"}
        changed = {
            "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}}}
        }
        with self.assertRaises(ApiError) as caught:
            self.client.patch("apps/v1", "DaemonSet", self.namespace, "d", changed, dryRun="All")
        self.assertIn("field is immutable", str(caught.exception))

    def test_claims_grow_and_never_shrink(self):
        self.create(
            headless_service("s"),
            stateful_set("s", replicas=1, volumeClaimTemplates=[claim_template(storage_class="fast")]),
        )
        self.wait_ready("s")

        def resize(name: str, size: str):
            patch = {"spec": {"resources": {"requests": {"storage": size}}}}
            self.client.patch("v1", "PersistentVolumeClaim", self.namespace, name, patch, dryRun="All")

        resize("data-s-0", "2Gi")
        with self.assertRaises(ApiError) as caught:
            resize("data-s-0", "512Mi")
        self.assertIn("field can not be less than", str(caught.exception))
        self.wait_ready("web")
        with self.assertRaises(ApiError) as caught:  # its class does not allow expansion
            resize("data-web-0", "2Gi")
        self.assertEqual(caught.exception.code, 403)
        self.assertIn("only dynamically provisioned pvc can be resized", str(caught.exception))

    def test_orphan_delete_and_create_again(self):
        """The recipe for what cannot be changed: the pods live on, and the new set adopts them."""
        self.wait_ready("web")
        uid = self.pods()["web-0"]["metadata"]["uid"]
        self.kubectl("delete", "statefulset", "web", "--cascade=orphan")
        self.assertEqual(self.pods()["web-0"]["metadata"]["uid"], uid)
        self.create(
            stateful_set(replicas=1, podManagementPolicy="Parallel", volumeClaimTemplates=[claim_template()])
        )
        self.wait_ready("web")
        owners = self.eventually(
            "it is adopted", lambda: self.pods()["web-0"]["metadata"].get("ownerReferences")
        )
        self.assertEqual(self.pods()["web-0"]["metadata"]["uid"], uid)
        self.assertEqual(owners[0]["uid"], self.stateful_set("web")["metadata"]["uid"])


# Fields that came with a version or a gate: from which minor version on they are kept.
GATED = [
    ("minReadySeconds", {"minReadySeconds": 5}, 22),
    ("ordinals", {"ordinals": {"start": 5}}, 26),
    (
        "persistentVolumeClaimRetentionPolicy",
        {"persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete", "whenScaled": "Retain"}},
        23,
    ),
    ("updateStrategy.rollingUpdate.partition", {"updateStrategy": {"rollingUpdate": {"partition": 2}}}, 7),
    (
        "updateStrategy.rollingUpdate.maxUnavailable",
        {"updateStrategy": {"rollingUpdate": {"maxUnavailable": 2}}},
        35,
    ),
]


class VersionGates(ClusterTest):
    def test_fields_are_kept_or_dropped(self):
        for field, spec, since in GATED:
            with self.subTest(field=field):
                made = self.client.create(stateful_set(**copy.deepcopy(spec)), self.namespace, dryRun="All")
                at, want = made["spec"], spec
                for key in field.split("."):
                    at, want = (at or {}).get(key), want[key]
                self.assertEqual(at, want if since <= self.cluster.minor else None)

    def test_api_versions(self):
        groups = {
            group["name"]: [one["groupVersion"] for one in group["versions"]]
            for group in self.client.request("GET", "/apis")["groups"]
        }
        self.assertEqual(groups["apps"], ["apps/v1"])
        self.assertEqual(groups["policy"], ["policy/v1"])
        self.assertEqual(groups["batch"], ["batch/v1"])
        self.assertEqual(groups["autoscaling"], ["autoscaling/v2", "autoscaling/v1"])
        self.assertNotIn("extensions", groups)

    def test_the_partition_counts_from_the_first_ordinal(self):
        self.create(
            headless_service(),
            stateful_set(
                replicas=3,
                ordinals={"start": 5},
                updateStrategy={"rollingUpdate": {"partition": 2}, "type": "RollingUpdate"},
            ),
        )
        self.wait_ready("web")
        self.client.patch(
            "apps/v1",
            "StatefulSet",
            self.namespace,
            "web",
            {"spec": {"template": {"metadata": {"annotations": {"a": "b"}}}}},
        )
        self.eventually(
            "web-7 is new",
            lambda: self.stateful_set("web")["status"].get("updatedReplicas") == 1 and self.ready("web"),
        )
        new = {
            name
            for name, pod in self.pods().items()
            if pod["metadata"].get("annotations", {}).get("a") == "b"
        }
        self.assertEqual(new, {"web-7"})
