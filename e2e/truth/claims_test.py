"""Every error of the linter, shown: its `bad` fixtures are brought to a cluster, and the harm is observed."""

import fnmatch
import json
import pathlib
import re
import secrets
import subprocess
import unittest

from control_plane import in_pod
from control_plane.case import ClusterTest, headless_service, is_ready
from control_plane.cluster import DOMAIN

from truth import claims
from truth.fixtures import Fixture, error_rules, fixtures, moved, named_namespaces

WORKLOADS = (("apps/v1", "StatefulSet"), ("apps/v1", "DaemonSet"), ("apps/v1", "Deployment"))


def claim_of(fixture: Fixture):
    entry = claims.CLAIMS[fixture.rule]
    if not isinstance(entry, dict):
        return entry
    return next((claim for name, claim in entry.items() if fnmatch.fnmatch(fixture.name, name)), None)


class Table(unittest.TestCase):
    """The table of claims says something of every rule and fixture, and of nothing else."""

    def test_every_error_rule_has_a_claim(self):
        said = {fixture.rule for fixture in fixtures("bad") if fixture.errors}
        self.assertEqual(sorted({*error_rules(), *said}), sorted(claims.CLAIMS))

    def test_every_fixture_has_a_claim(self):
        lacking = [
            str(fixture) for fixture in fixtures("bad") if fixture.errors and claim_of(fixture) is None
        ]
        self.assertEqual(lacking, [])

    def test_every_rule_has_a_fixture_that_is_shown(self):
        shown = {
            fixture.rule
            for fixture in fixtures("bad")
            if fixture.errors and not isinstance(claim_of(fixture), claims.Witness)
        }
        only_witnessed = {rule for rule, entry in claims.CLAIMS.items() if isinstance(entry, claims.Witness)}
        self.assertEqual(sorted({*claims.CLAIMS} - only_witnessed - shown), [])


class Applied(ClusterTest):
    """What brings fixtures to a cluster, under namespaces of their own."""

    def setUp(self) -> None:
        super().setUp()
        self.places: dict[str, str] = {}  # the namespaces of the fixture, and what they are called here

    def texts(self, fixture: Fixture, apply: str = "", kustomize: str = "") -> list[str]:
        """The manifests to apply; `apply` and `kustomize` are those of claims.py."""
        kustomize = kustomize or fixture.kustomization
        if kustomize:
            return [self.kubectl("kustomize", str(fixture.path / kustomize)).stdout]
        only = fixture.path / apply
        return [
            file.read_bytes().decode(errors="surrogateescape")
            for file in fixture.files
            if only in (file, *file.parents) and file.stem != "kustomization"
        ]

    def bring(
        self, fixture: Fixture, apply: str = "", kustomize: str = "", held: bool = False, check: bool = True
    ) -> list[subprocess.CompletedProcess]:
        """Brings it to namespaces of the test's own; a second call to the same ones."""
        texts = self.texts(fixture, apply, kustomize)
        named = set().union(*map(named_namespaces, texts))
        ambient = fixture.flags.get("-n") or fixture.flags.get("--namespace") or "default"
        self.places.setdefault(ambient, self.namespace)
        for name in sorted(named - {*self.places}):
            self.places[name] = self.make_namespace(held=held)
        verb = "apply" if fixture.changes else "create"
        return [self.send([verb], self.namespace, moved(text, self.places), check) for text in texts]

    def ask(self, fixture: Fixture) -> list[subprocess.CompletedProcess]:
        """What the API server says to it in a dry run, which leaves nothing behind."""
        texts = self.texts(fixture)
        for name in {"dry-run"}.union(*map(named_namespaces, texts)):
            self.share_namespace(name)
        return [self.send(["create", "--dry-run=server"], "dry-run", text, check=False) for text in texts]

    def send(self, verb: list[str], namespace: str, text: str, check: bool) -> subprocess.CompletedProcess:
        # A namespace on the command line would have to be that of every object.
        config = json.loads(self.cluster.kubeconfig.read_text())
        config["contexts"][0]["context"]["namespace"] = namespace
        path = self.cluster.folder / f"{namespace}-{secrets.token_hex(3)}.kubeconfig"
        path.touch(mode=0o600)
        try:
            path.write_text(json.dumps(config))
            return self.cluster.kubectl(
                "--kubeconfig", path, *verb, "--validate=strict", "-f", "-", stdin=text, check=check
            )
        finally:
            path.unlink()

    @property
    def all_namespaces(self) -> list[str]:
        return list(dict.fromkeys(self.places.values()))

    def workloads(self) -> list[dict]:
        found = []
        for namespace in self.all_namespaces:
            for version, kind in WORKLOADS:
                for item in self.client.list(version, kind, namespace):
                    found.append(item | {"kind": kind})
        return found

    def wait_all_ready(self) -> None:
        def unready() -> list[str]:
            lines = []
            for item in self.workloads():
                status = item["status"]
                if item["kind"] == "DaemonSet":
                    want, have = status.get("desiredNumberScheduled", 0), status.get("numberReady", 0)
                    want = max(want, 1)
                else:
                    want, have = item["spec"].get("replicas", 1), status.get("readyReplicas", 0)
                if have < want or status.get("observedGeneration") != item["metadata"]["generation"]:
                    lines.append(f"{item['kind']} {item['metadata']['name']}: {have} of {want}")
            return lines

        self.eventually("all are ready", lambda: self.assertEqual(unready(), []) or True)

    def wait_names_settled(self) -> None:
        """Until the EndpointSlices say what the pods are, and CoreDNS has read them."""
        for namespace in self.all_namespaces:

            def settled(namespace=namespace):
                pods = [pod for pod in self.pods(namespace).values() if pod["status"].get("podIP")]
                for service in self.client.list("v1", "Service", namespace):
                    selector = service["spec"].get("selector")
                    if not selector or service["spec"].get("type") == "ExternalName":
                        continue
                    want = {
                        (pod["metadata"]["name"], is_ready(pod))
                        for pod in pods
                        if selector.items() <= pod["metadata"].get("labels", {}).items()
                    }
                    have = {
                        (one["targetRef"]["name"], one["conditions"]["serving"])
                        for one in self.endpoints(service["metadata"]["name"], namespace)
                    }
                    self.assertEqual(have, want, f"endpoints of {service['metadata']['name']}")
                return True

            self.eventually("the endpoints are those of the pods", settled)
            # Its slice comes after all others: what CoreDNS knows of it, it knows of them.
            marker = {
                "apiVersion": "discovery.k8s.io/v1",
                "kind": "EndpointSlice",
                "metadata": {"name": "marker", "labels": {"kubernetes.io/service-name": "marker"}},
                "addressType": "IPv4",
                "endpoints": [{"addresses": ["192.0.2.99"], "conditions": {"ready": True}}],
                "ports": [{"name": "web", "port": 80}],
            }
            service = headless_service("marker")
            del service["spec"]["selector"]
            self.client.create(service, namespace)
            self.client.create(marker, namespace)
            self.eventually(
                "CoreDNS is up to date",
                lambda namespace=namespace: self.resolves(f"marker.{namespace}.svc.{DOMAIN}"),
            )
            self.client.delete("v1", "Service", namespace, "marker")

    def endpoints(self, service: str, namespace: str) -> list[dict]:
        slices = self.client.list(
            "discovery.k8s.io/v1",
            "EndpointSlice",
            namespace,
            labelSelector=f"kubernetes.io/service-name={service}",
        )
        return [one for item in slices for one in item.get("endpoints") or []]

    def found_as(self, name: str, namespace: str, kind: str = "A") -> list[str]:
        """The full names as which a pod of the namespace finds a name, by its search list."""
        candidates = [name] + [
            f"{name}.{suffix}" for suffix in (f"{namespace}.svc.{DOMAIN}", f"svc.{DOMAIN}", DOMAIN)
        ]
        return [candidate for candidate in candidates if self.cluster.resolve(candidate, kind).resolves]


class Claims(Applied):
    def judge(self, fixture: Fixture) -> None:
        claim = claim_of(fixture)
        if isinstance(claim, claims.Witness):
            self.skipTest(claim.text)
        getattr(self, "judge_" + re.sub(r"(?<=.)([A-Z])", r"_\1", type(claim).__name__).lower())(
            fixture, claim
        )

    # Refused.

    def judge_change_rejected(self, fixture: Fixture, claim: claims.ChangeRejected) -> None:
        self.bring(fixture, "before")
        done = self.bring(fixture, "after", check=False)
        self.assertRegex("".join(one.stderr for one in done), claim.text)

    def judge_rejected(self, fixture: Fixture, claim: claims.Rejected) -> None:
        if claim.since > self.cluster.minor:
            self.skipTest(f"claimed since 1.{claim.since} only")
        done = self.ask(fixture)
        said = "\n".join(one.stderr for one in done)
        if all(one.returncode == 0 for one in done):
            self.assertLess(self.cluster.minor, 34, "accepted, where it should be rejected")
            self.bring(fixture)
            self.no_pods(claim.text)
            return
        self.assertRegex(said, claim.text)

    def no_pods(self, text: str) -> None:
        def failed():
            found = [
                one
                for namespace in self.all_namespaces
                for one in self.events(namespace)
                if one["reason"] == "FailedCreate"
            ]
            self.assertTrue(
                any(re.search(text, one["message"]) for one in found), [one["message"] for one in found]
            )
            return True

        self.eventually(f"an event FailedCreate says {text!r}", failed)

    def judge_no_pods(self, fixture: Fixture, claim: claims.NoPods) -> None:
        self.bring(fixture)
        self.no_pods(claim.text)
        self.assertEqual([name for namespace in self.all_namespaces for name in self.pods(namespace)], [])

    def judge_unschedulable(self, fixture: Fixture, claim: claims.Unschedulable) -> None:
        self.bring(fixture)
        for namespace in self.all_namespaces:
            for job in self.client.list("batch/v1", "CronJob", namespace):
                name = job["metadata"]["name"]
                self.kubectl("create", "job", "now", f"--from=cronjob/{name}", namespace=namespace)

        def waits():
            found = [
                one
                for namespace in self.all_namespaces
                for one in self.events(namespace)
                if one["reason"] == "FailedScheduling"
            ]
            for one in found:
                pod = self.client.get(
                    "v1", "Pod", one["metadata"]["namespace"], one["involvedObject"]["name"]
                )
                if pod and "nodeName" not in pod["spec"] and re.search(claim.text, one["message"]):
                    return True
            self.fail(f"{[one['message'] for one in found]}")

        self.eventually(f"an event FailedScheduling says {claim.text!r}", waits)

    def judge_last_wins(self, fixture: Fixture, claim: claims.LastWins) -> None:
        done = self.bring(fixture)
        self.assertEqual("".join(one.stderr for one in done), "")
        value = self.client.get(claim.api_version, claim.kind, self.namespace, claim.name)
        for key in claim.path.split("."):
            value = value[key]
        self.assertEqual(value, claim.value)

    # Names.

    def names_in(self, fixture: Fixture, pattern: str) -> list[str]:
        names = [name for message in fixture.errors for name in re.findall(pattern, message)]
        self.assertTrue(names, f"no name in {fixture.errors}")
        return list(dict.fromkeys(names))

    def here(self, name: str, namespace: str, pod: str) -> str:
        """A name of a message as the pod asks for it in the namespace that the fixture came to."""
        name = name.replace("$(hostname)", pod).replace("<namespace>", namespace)
        return moved(name, self.places)

    def judge_no_name(self, fixture: Fixture, claim: claims.NoName) -> None:
        self.bring(fixture, claim.apply, claim.kustomize)
        self.wait_all_ready()
        self.wait_names_settled()
        if claim.names:
            asking = [
                name for one in fixture.errors for name in re.findall(r'the pod that asks, "([^"]+)"', one)
            ]
            asked = [
                (self.here(name, namespace, ""), namespace)
                for name in self.names_in(fixture, claim.names)
                for namespace in ([self.places[name] for name in asking] or self.all_namespaces)
            ]
        else:
            accused = {
                name for message in fixture.errors for name in re.findall(r'StatefulSet "([^"]+)"', message)
            }
            sets = [
                item
                for item in self.workloads()
                if item["kind"] == "StatefulSet" and item["metadata"]["name"] in accused
            ]
            self.assertTrue(sets)
            asked = [
                (
                    f"{pod}.{item['spec']['serviceName']}.{item['metadata']['namespace']}.svc.{DOMAIN}",
                    item["metadata"]["namespace"],
                )
                for item in sets
                for pod in self.pods(item["metadata"]["namespace"])
                if pod.startswith(item["metadata"]["name"] + "-")
            ]
        self.assertTrue(asked)
        for name, namespace in asked:
            self.assertEqual(self.found_as(name, namespace, claim.kind), [], f"{name} in {namespace}")

    # Waits.

    def hold(self, fixture: Fixture) -> dict[str, dict]:
        """All pods that are made at first, running and not Ready, by namespace/name."""
        self.bring(fixture, held=True)

        def first_pods():
            pods = {f"{ns}/{name}": pod for ns in self.all_namespaces for name, pod in self.pods(ns).items()}
            self.assertTrue(
                pods and all(pod["status"]["phase"] == "Running" for pod in pods.values()), list(pods)
            )
            with_pods = {pod["metadata"]["ownerReferences"][0]["name"] for pod in pods.values()}
            for item in self.workloads():
                name = item["metadata"]["name"]
                self.assertTrue(
                    any(owner == name or owner.startswith(name + "-") for owner in with_pods), name
                )
            return pods

        pods = self.eventually("the first pods run", first_pods)
        self.wait_names_settled()
        return pods

    def accused_pod(self, fixture: Fixture, pods: dict[str, dict]) -> tuple[str, str]:
        """(namespace, name) of the first pod of the workload that the messages are about: one that waits."""
        names = {
            name
            for message in fixture.errors
            for name in re.findall(r'\b(?:StatefulSet|Deployment|DaemonSet) "([^"]+)"', message)
        }
        names |= {
            name
            for message in fixture.errors
            for name in re.findall(r"(\S+)-\d+ (?:needs|waits|asks)\b", message)
        }
        for key in sorted(pods):
            namespace, name = key.split("/")
            if not names or any(name.startswith(one + "-") for one in names):
                return namespace, name
        self.fail(f"no pod of {names} among {list(pods)}")

    def judge_no_name_until_ready(self, fixture: Fixture, claim: claims.NoNameUntilReady) -> None:
        pods = self.hold(fixture)
        namespace, pod = self.accused_pod(fixture, pods)
        names = [self.here(name, namespace, pod) for name in self.names_in(fixture, claim.names)]
        for name in names:
            self.assertEqual(self.found_as(name, namespace), [], name)

        def all_found() -> bool:
            lacking = [name for name in names if not self.found_as(name, namespace)]
            self.assertEqual(lacking, [], "names that do not resolve though pods are Ready")
            return True

        self.release_until("Ready pods get the name", all_found)

    def release_until(self, what: str, holds) -> None:
        """The other way round: it is readiness that was missing, and nothing else."""

        def release():
            for namespace in self.all_namespaces:
                for name in self.pods(namespace):
                    ready = {"metadata": {"annotations": {"e2e.kubectl-sts/ready": "true"}}}
                    self.client.patch("v1", "Pod", namespace, name, ready)
            return holds()

        self.eventually(what, release)

    def judge_no_later_pod(self, fixture: Fixture, claim: claims.NoLaterPod) -> None:
        pods = self.hold(fixture)
        namespace, _ = self.accused_pod(fixture, pods)
        for later in self.names_in(fixture, claim.names):
            self.stays(f"{later} is not made", lambda later=later: later not in self.pods(namespace))
        self.release_until(f"{later} is made", lambda: later in self.pods(namespace))

    def judge_nothing_serves(self, fixture: Fixture, claim: claims.NothingServes) -> None:
        pods = self.hold(fixture)
        namespace, pod = self.accused_pod(fixture, pods)
        for name in self.names_in(fixture, claim.names):
            labels = self.here(name, namespace, pod).split(".")
            service = labels[1] if labels[0] in self.pods(namespace) else labels[0]
            self.assertIsNotNone(self.client.get("v1", "Service", namespace, service), service)
            endpoints = self.endpoints(service, namespace)
            self.assertTrue(endpoints)
            for one in endpoints:
                self.assertFalse(one["conditions"]["serving"], one)
        self.release_until(
            "Ready pods serve",
            lambda: any(one["conditions"]["serving"] for one in self.endpoints(service, namespace)),
        )

    # Scripts.

    def judge_script(self, fixture: Fixture, claim: claims.Script) -> None:
        if in_pod.why_not():
            self.skipTest(in_pod.why_not())
        self.bring(fixture)
        self.wait_all_ready()
        self.wait_names_settled()
        namespace = next(one for one in self.all_namespaces if self.pods(one))
        for name in self.names_in(fixture, claim.names):
            getattr(self, claim.shows)(self.here(name, namespace, "db-0"), namespace)

    def in_pod(self, namespace: str, *command: str) -> tuple[int, str]:
        done = in_pod.run(self.cluster.dns_port, namespace, *command)
        return done.returncode, done.stdout

    def relative_name_fails(self, name: str, namespace: str, *server: str) -> None:
        full = self.found_as(name, namespace)
        self.assertEqual(len(full), 1, f"{name} does not exist in {namespace}")
        code, output = self.in_pod(namespace, "busybox", "nslookup", name, *server)
        self.assertEqual(code, 1, output)
        code, output = self.in_pod(namespace, "busybox", "nslookup", full[0], *server)
        self.assertEqual(code, 0, output)
        # It is nslookup, not the name: what asks through the C library finds it.
        code, output = self.in_pod(namespace, "getent", "hosts", name)
        self.assertEqual(code, 0, output)

    def relative_name_with_a_server_fails(self, name: str, namespace: str) -> None:
        self.relative_name_fails(name, namespace, "127.0.0.1")

    def pattern_matches_the_server(self, pattern: str, namespace: str) -> None:
        missing = f"no-such-name.{namespace}.svc.{DOMAIN}"
        code, output = self.in_pod(namespace, "busybox", "nslookup", missing)
        self.assertEqual(code, 1, output)
        self.assertRegex(output, f"(?i){pattern}")

    def dig_finds_nothing_and_exits_0(self, name: str, namespace: str) -> None:
        code, output = self.in_pod(namespace, "dig", f"no-such-name.{namespace}.svc.{DOMAIN}")
        self.assertIn("status: NXDOMAIN", output)
        self.assertEqual(code, 0, output)

    def busybox_has_no_such_applet(self, tool: str, namespace: str) -> None:
        code, output = self.in_pod(namespace, "busybox", tool)
        self.assertEqual((code, output), (127, f"{tool}: applet not found\n"))


class GoodFixtures(Applied):
    """The `ok` fixtures of the same rules come up."""

    def judge(self, fixture: Fixture) -> None:
        if fixture.changes:
            self.bring(fixture, "before")
            self.bring(fixture, "after")
        else:
            self.bring(fixture)
        self.wait_all_ready()


class Traps(Applied):
    """The API server takes the `trap` fixtures, which only look wrong, wherever the linter says no error."""

    def judge(self, fixture: Fixture) -> None:
        done = self.ask(fixture)
        self.assertEqual([one.stderr for one in done if one.returncode], [])


# Traps that are not to be applied as they stand, though no error is to be said of them.
_NOT_APPLIED = (
    "*/trap-*placeholder*",  # filled in by another tool
    "*/trap-*fragment",  # patches, and other parts of an object
    "*/trap-label-patch",
    "*/trap-patch-directive",
    "*/trap-helm-template",
    "*/trap-*-deployment-is-not-ours",  # Deployments are not judged
    "*/trap-deployment-is-not-ours",
    "*/trap-other-group",  # kinds that only some clusters have
    "*/trap-advanced-*",
    "*/trap-not-kubernetes",
    "*/trap-live-object",  # read from a cluster, with what an old server wrote
    "*/trap-*-v1beta1",  # API versions of old servers
    "*/trap-template-generation",
    "*/trap-dropped-on-1-34",
    "*/trap-webhook-injected",  # needs the webhook
    "*/trap-comments-only",  # holds no object
    "*/trap-empty",
    "*/trap-anchors-outside-spec",  # an x- key at the top level: refused, and the linter lets it pass
    "immutable-changed/trap-environments",  # two environments of one object
)


def _add(case: type, fixture: Fixture) -> None:
    name = "test_" + re.sub(r"[^a-z0-9]+", "_", f"{fixture.rule}_{fixture.name}")
    assert not hasattr(case, name), name
    setattr(case, name, lambda self: self.judge(fixture))


for _fixture in fixtures("bad"):
    if _fixture.errors and _fixture.rule in claims.CLAIMS:
        _add(Claims, _fixture)
for _fixture in fixtures("ok"):
    if _fixture.rule in claims.CLAIMS:
        _add(GoodFixtures, _fixture)
for _fixture in fixtures("trap"):
    if _fixture.rule not in claims.CLAIMS or any(fnmatch.fnmatch(str(_fixture), one) for one in _NOT_APPLIED):
        continue
    if _fixture.changes:
        _add(GoodFixtures, _fixture)  # a change that looks like one that is refused
    elif _fixture.path.is_file() and not _fixture.errors_of_any_rule:
        _add(Traps, _fixture)
