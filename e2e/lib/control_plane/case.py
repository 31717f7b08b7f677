"""The base of tests against a cluster. Each test has a namespace of its own, and runs beside others."""

import json
import os
import re
import secrets
import subprocess
import unittest

from . import places, processes
from .client import ApiError, resource_path
from .cluster import Cluster


class ClusterTest(unittest.TestCase):
    """Tests wait with `eventually`, and never for a time.

    There is no setUpClass: the runner runs each test alone, in any thread. What tests share is the cluster.
    """

    cluster: Cluster  # set by e2e/run
    longMessage = True
    maxDiff = None

    # Pods of the test's namespace are not Ready until they are annotated e2e.kubectl-sts/ready.
    held = False

    def setUp(self) -> None:
        self.client = self.cluster.client
        self._namespaces: list[str] = []
        self._namespace = ""

    @property
    def namespace(self) -> str:
        """The test's own, made when it is first asked for."""
        if not self._namespace:
            self._namespace = self.make_namespace(held=self.held)
        return self._namespace

    def make_namespace(self, held: bool = False) -> str:
        """A new namespace, deleted after the test, in which pods can be made."""
        base = re.sub(r"[^a-z0-9]+", "-", self._testMethodName.removeprefix("test_").lower()).strip("-")
        name = f"{'hold-' if held else ''}{base[:40].strip('-')}-{secrets.token_hex(3)}"
        self.client.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        self._namespaces.append(name)
        self.addCleanup(self._delete_namespace, name)
        self._wait_account(name)
        return name

    def share_namespace(self, name: str) -> None:
        """A namespace that tests share and nobody deletes, for server-side dry runs."""
        self.client.ensure({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        self._wait_account(name)

    def _wait_account(self, namespace: str) -> None:
        # Admission refuses pods before their ServiceAccount is there.
        self.eventually(
            f"namespace {namespace} has a ServiceAccount",
            lambda: self.client.get("v1", "ServiceAccount", namespace, "default"),
        )

    def _delete_namespace(self, name: str) -> None:
        # A controller whose set is still there when its namespace goes fails to make pods and reports each
        # failure; the API server takes 50 ms to refuse each report, and those of other tests wait behind.
        for kind in ("StatefulSet", "DaemonSet", "Deployment"):
            path = resource_path("apps/v1", kind, name)
            self.client.request("DELETE", path, query={"propagationPolicy": "Background"})
        try:
            self.client.delete("v1", "Namespace", None, name)
        except ApiError as error:
            if error.code != 404:
                raise

    # Waiting.

    def eventually(self, what: str, probe, seconds: float = 120):
        """What the probe returns, as soon as that is true; an AssertionError or KeyError in it means "not yet".

        A failure shows the last answer, and the namespace's pods and events.
        """
        last: list[str] = [""]

        def ask():
            try:
                return probe()
            except (AssertionError, KeyError) as error:  # what is asked about is not there, or not so
                last[0] = f"\nlast: {error!r}"
                return None

        try:
            return processes.wait_until(what, ask, seconds)
        except TimeoutError as error:
            self.fail(f"{error}{last[0]}\n{self.scene()}")

    def stays(self, what: str, probe, seconds: float = 3) -> None:
        """The opposite: the probe is to stay true for a while. Only where nothing marks the end of waiting."""
        try:
            processes.wait_until("", lambda: not probe(), seconds)
        except TimeoutError:
            return
        self.fail(f"it did not stay so: {what}\n{self.scene()}")

    def scene(self) -> str:
        lines = []
        for namespace in getattr(self, "_namespaces", []):
            for kind, version in (("StatefulSet", "apps/v1"), ("Pod", "v1"), ("PersistentVolumeClaim", "v1")):
                for item in self.client.list(version, kind, namespace):
                    lines.append(
                        f"{kind} {namespace}/{item['metadata']['name']}: {json.dumps(item.get('status'))[:600]}"
                    )
            for event in self.events(namespace):
                about = event["involvedObject"]
                lines.append(
                    f"event {about['kind']} {about['name']}: {event['reason']}: {event.get('message', '')[:300]}"
                )
        return "\n".join(lines)

    # Asking.

    def events(self, namespace: str | None = None, **about) -> list[dict]:
        """The events of a namespace, perhaps only those about an object (kind=..., name=...), oldest first."""
        found = self.client.list("v1", "Event", namespace or self.namespace)
        found = [
            one
            for one in found
            if all(one["involvedObject"].get(key) == value for key, value in about.items())
        ]
        return sorted(
            found,
            key=lambda one: (one.get("lastTimestamp") or one.get("eventTime") or "", one["metadata"]["name"]),
        )

    def pods(self, namespace: str | None = None, **query) -> dict[str, dict]:
        items = self.client.list("v1", "Pod", namespace or self.namespace, **query)
        return {item["metadata"]["name"]: item for item in items}

    def stateful_set(self, name: str, namespace: str | None = None) -> dict:
        found = self.client.get("apps/v1", "StatefulSet", namespace or self.namespace, name)
        assert found is not None, f"no StatefulSet {name}"
        return found

    def ready(self, name: str, replicas: int | None = None, namespace: str | None = None) -> bool:
        """Whether all pods of a set are Ready, and their revision is the newest that the set asks for."""
        found = self.stateful_set(name, namespace)
        want = found["spec"]["replicas"] if replicas is None else replicas
        status = found["status"]
        return (
            status.get("observedGeneration") == found["metadata"]["generation"]
            and status.get("readyReplicas", 0) == want
        )

    def wait_ready(self, name: str, replicas: int | None = None, namespace: str | None = None) -> None:
        self.eventually(f"StatefulSet {name} is ready", lambda: self.ready(name, replicas, namespace))

    def resolves(self, name: str) -> bool:
        return self.cluster.resolve(name).resolves

    # Making.

    def kubectl(self, *args, stdin: str | None = None, check: bool = True, namespace: str | None = None):
        return self.cluster.kubectl("-n", namespace or self.namespace, *args, stdin=stdin, check=check)

    def sts(self, *args, stdin: str | None = None, context: str = "") -> subprocess.CompletedProcess:
        """kubectl-sts as a user of the cluster runs it, in the test's namespace; $STS_BINARY names another."""
        binary = os.environ.get("STS_BINARY") or places.ROOT / "build/kubectl-sts"
        flags = ["-n", self.namespace] + (["--context", context] if context else [])
        return subprocess.run(
            [binary, *map(str, args), *flags],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.cluster.environment(),
            timeout=120,
        )

    def create(self, *bodies: dict) -> None:
        for body in bodies:
            self.client.create(body, self.namespace)


def is_ready(pod: dict) -> bool:
    conditions = pod.get("status", {}).get("conditions", [])
    return any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)


def stateful_set(
    name: str = "web", service: str | None = None, replicas: int = 3, image: str = "example.com/app:1", **spec
) -> dict:
    """A StatefulSet without mistakes. `spec` is merged over its spec, at any depth."""
    body = {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": name},
        "spec": {
            "serviceName": service or name,
            "replicas": replicas,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {
                    "terminationGracePeriodSeconds": 1,
                    "containers": [
                        {"name": "main", "image": image, "ports": [{"name": "web", "containerPort": 80}]}
                    ],
                },
            },
        },
    }
    merge(body["spec"], spec)
    return body


def headless_service(name: str = "web", app: str | None = None, **spec) -> dict:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name},
        "spec": {
            "clusterIP": "None",
            "selector": {"app": app or name},
            "ports": [{"name": "web", "port": 80}],
        }
        | spec,
    }


def claim_template(name: str = "data", storage_class: str | None = None, **spec) -> dict:
    body = {
        "metadata": {"name": name},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}} | spec,
    }
    if storage_class is not None:
        body["spec"]["storageClassName"] = storage_class
    return body


def merge(into: dict, changes: dict) -> None:
    """A JSON merge patch in place (RFC 7386): None removes a key."""
    for key, value in changes.items():
        if value is None:
            into.pop(key, None)
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value
