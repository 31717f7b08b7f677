"""The rows of verdicts.py, each a test; and what needs more than one request to be seen."""

import re

from control_plane.case import ClusterTest, headless_service, is_ready, stateful_set
from control_plane.client import ApiError

from truth import verdicts


def at_path(body: dict, path: str):
    for key in path.split("."):
        if not isinstance(body, dict) or key not in body:
            return None
        body = body[key]
    return body


class Verdicts(ClusterTest):
    def judge(self, row: verdicts.Row, dry_run: bool) -> None:
        since = max((minor for minor in row.verdicts if minor <= self.cluster.minor), default=None)
        self.assertIsNotNone(since, f"the row says nothing of Kubernetes {self.cluster.version}")
        verdict = row.verdicts[since]
        if dry_run:
            self.share_namespace("dry-run")
        where, query = ("dry-run", {"dryRun": "All"}) if dry_run else (self.namespace, {})
        try:
            made = self.client.create(row.body, where, **query)
        except ApiError as error:
            if not isinstance(verdict, verdicts.Rejected):
                self.fail(f"rejected, where {verdict} was expected: {error}")
            self.assertIn(verdict.text, str(error))
            return
        name = row.body["metadata"]["name"]
        match verdict:
            case verdicts.Rejected():
                self.fail(f"accepted, where {verdict} was expected")
            case verdicts.Runs():
                self.wait_ready(name)
            case verdicts.Dropped(path):
                self.assertIsNotNone(at_path(row.body, path))
                self.assertIsNone(at_path(made, path))
            case verdicts.FailedCreate(text):
                self.eventually(
                    f"an event FailedCreate says {text!r}",
                    lambda: any(
                        e["reason"] == "FailedCreate" and text in e["message"] for e in self.events(name=name)
                    ),
                )
                self.assertEqual(self.pods(), {})
            case verdicts.Unschedulable(text):
                self.eventually(
                    f"an event FailedScheduling says {text!r}",
                    lambda: any(
                        e["reason"] == "FailedScheduling" and text in e["message"]
                        for e in self.events(name=f"{name}-0")
                    ),
                )
                self.assertNotIn("nodeName", self.pods()[f"{name}-0"]["spec"])

    def test_template_hostname_is_overwritten(self):
        self.create(
            headless_service(),
            stateful_set(replicas=1, template={"spec": {"hostname": "mine", "subdomain": "other"}}),
        )
        self.wait_ready("web")
        spec = self.pods()["web-0"]["spec"]
        self.assertEqual((spec["hostname"], spec["subdomain"]), ("web-0", "web"))

    def test_claim_template_wins_over_a_volume_of_its_name(self):
        body = stateful_set(
            replicas=1,
            volumeClaimTemplates=[verdicts.claim()],
            template={"spec": {"volumes": [{"name": "data", "emptyDir": {}}]}},
        )
        self.create(headless_service(), body)
        self.wait_ready("web")
        volumes = [one for one in self.pods()["web-0"]["spec"]["volumes"] if one["name"] == "data"]
        self.assertEqual([one.get("persistentVolumeClaim") for one in volumes], [{"claimName": "data-web-0"}])

    def test_the_same_key_twice_is_accepted_by_kubectl(self):
        text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: twice}\ndata:\n  key: first\n  key: last\n"
        self.kubectl("create", "-f", "-", stdin=text)
        self.assertEqual(self.client.get("v1", "ConfigMap", self.namespace, "twice")["data"], {"key": "last"})

    def test_text_after_a_document_separator_is_refused_by_kubectl(self):
        text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n--- of the next\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"
        done = self.kubectl("create", "-f", "-", stdin=text, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("invalid Yaml document separator", done.stderr)

    def test_kubectl_apply_asks_for_strict_decoding(self):
        done = self.kubectl(
            "apply",
            "-f",
            "-",
            stdin="apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}], publishNotReady: true}\n",
            check=False,
        )
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('unknown field "spec.publishNotReady"', done.stderr)

    def test_cluster_ip_is_settled_once(self):
        self.create(headless_service("headless"), without_cluster_ip("plain"))
        for value in (None, "10.96.77.7"):
            with self.subTest(value=value):
                if value:
                    self.create(
                        without_cluster_ip("plain-ip")
                        | {"spec": {"clusterIP": value, "ports": [{"port": 80}]}}
                    )
                name = "plain-ip" if value else "plain"
                with self.assertRaises(ApiError) as caught:
                    self.client.patch(
                        "v1",
                        "Service",
                        self.namespace,
                        name,
                        {"spec": {"clusterIP": "None", "clusterIPs": ["None"]}},
                    )
                self.assertIn("may not change once set", str(caught.exception))
        with self.assertRaises(ApiError) as caught:
            self.client.patch(
                "v1",
                "Service",
                self.namespace,
                "headless",
                {"spec": {"clusterIP": "10.96.77.8", "clusterIPs": ["10.96.77.8"]}},
            )
        self.assertIn("may not change once set", str(caught.exception))

        # kubectl apply of a manifest without the field: accepted, and nothing changes.
        manifest = "apiVersion: v1\nkind: Service\nmetadata: {name: applied}\nspec: {%sports: [{port: 80}]}\n"
        self.kubectl("apply", "-f", "-", stdin=manifest % "clusterIP: None, ")
        self.kubectl("apply", "-f", "-", stdin=manifest % "")
        self.assertEqual(
            self.client.get("v1", "Service", self.namespace, "applied")["spec"]["clusterIP"], "None"
        )

    def test_an_unready_pod_holds_back_the_next(self):
        """OrderedReady, which the rules about waits rest on."""
        self.create(headless_service(), stateful_set(replicas=2, image="example.com/app:hold"))
        self.eventually("web-0 runs", lambda: self.pods()["web-0"]["status"]["phase"] == "Running")
        self.stays("web-1 is not made", lambda: "web-1" not in self.pods())
        self.assertFalse(is_ready(self.pods()["web-0"]))


def without_cluster_ip(name: str) -> dict:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name},
        "spec": {"ports": [{"port": 80}]},
    }


def _add(row: verdicts.Row, dry_run: bool) -> None:
    name = "test_" + re.sub(r"[^a-z0-9]+", "_", row.fault.lower()).strip("_")
    assert not hasattr(Verdicts, name), name
    setattr(Verdicts, name, lambda self: self.judge(row, dry_run))


for _row in verdicts.STATEFUL_SETS:
    _add(_row, dry_run=False)
for _row in verdicts.OTHERS:
    _add(_row, dry_run=True)
