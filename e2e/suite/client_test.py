"""Our API client against the real server, through the probe of tests/api."""

import json
import os
import pathlib
import signal
import subprocess

from control_plane.case import ClusterTest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROBE = pathlib.Path(os.environ.get("STS_API_PROBE", ROOT / "build" / "tests" / "api_probe"))


class ApiClient(ClusterTest):
    def setUp(self):
        if not PROBE.exists():
            self.skipTest(f"{PROBE} is not built: make test builds it")
        super().setUp()

    def command(self, *words, user="admin", **flags):
        config = json.loads(self.cluster.kubeconfig.read_text())
        [cluster] = [entry["cluster"] for entry in config["clusters"]]
        flags = {"server": cluster["server"], "ca": cluster["certificate-authority"], **flags}
        if user:
            [who] = [entry["user"] for entry in config["users"] if entry["name"] == user]
            if "token" in who:
                flags["token"] = self.token(who["token"])
            else:
                flags |= {"certificate": who["client-certificate"], "key": who["client-key"]}
        command = [str(PROBE)]
        for name, value in flags.items():
            command += ["--" + name.replace("_", "-"), str(value)]
        return command + [str(word) for word in words]

    def token(self, text):
        path = self.cluster.folder / f"{self.namespace}-{len(self._tokens())}.token"
        path.write_text(text)
        self.addCleanup(path.unlink)
        return path

    def _tokens(self):
        return list(self.cluster.folder.glob(f"{self.namespace}-*.token"))

    def probe(self, *words, **how):
        done = subprocess.run(self.command(*words, **how), capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def fails(self, *words, **how):
        code, out, err = self.probe(*words, **how)
        self.assertEqual((code, out), (1, ""))
        message, fix = err.splitlines()
        self.assertTrue(fix.startswith("  fix: "), fix)
        return message

    def succeeds(self, *words, **how):
        code, out, err = self.probe(*words, **how)
        self.assertEqual((code, err), (0, ""))
        return out

    def make(self, name, **more):
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, **more}
        return json.loads(self.succeeds("create", "configmaps", self.namespace, json.dumps(body)))

    def test_version(self):
        self.assertEqual(self.succeeds("version").split()[0], self.cluster.version)
        self.assertEqual(self.succeeds("version", http1=1).split()[0], self.cluster.version)

    def test_pages(self):
        for number in range(24):
            self.make(f"map-{number}")
        out = self.succeeds("list", "configmaps", self.namespace, page_size=7)
        # One is the cluster's own: kube-root-ca.crt.
        self.assertRegex(out, r"^25 of 25 at \d+, 0 restarts")

    def test_preconditions(self):
        made = self.make("guarded")["metadata"]
        write = ("configmaps", self.namespace, "guarded")
        merge = '{"data":{"a":"b"}}'
        patch = '[{"op":"add","path":"/data","value":{"a":"b"}}]'
        whole = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "guarded"}})
        immutable = (
            'The ConfigMap "guarded" is invalid: metadata.uid: Invalid value: "other": field is ' "immutable"
        )
        modified = (
            'Error from server (Conflict): Operation cannot be fulfilled on configmaps "guarded": '
            "the object has been modified; please apply your changes to the latest version and try "
            "again"
        )
        rejected = (
            "Error from server (Invalid): the server rejected our request due to an error in our " "request"
        )
        self.assertEqual(self.fails("patch", *write, merge, "other"), immutable)
        self.assertEqual(self.fails("apply", *write, whole, "other"), immutable)
        self.assertEqual(self.fails("patch", *write, merge, made["uid"], "1"), modified)
        self.assertEqual(self.fails("apply", *write, whole, made["uid"], "1"), modified)
        self.assertEqual(self.fails("json-patch", *write, patch, "other"), rejected)
        self.assertEqual(self.fails("json-patch", *write, patch, made["uid"], "1"), rejected)
        self.assertIn(
            "the UID in the precondition (other) does not match", self.fails("delete", *write, "other")
        )
        changed = json.loads(self.succeeds("patch", *write, merge, made["uid"], made["resourceVersion"]))
        self.assertEqual(changed["data"], {"a": "b"})
        self.succeeds("json-patch", *write, patch, made["uid"], changed["metadata"]["resourceVersion"])
        self.succeeds("apply", *write, whole, made["uid"])
        self.succeeds("delete", *write, made["uid"])
        self.assertEqual(
            self.fails("get", *write), 'Error from server (NotFound): configmaps "guarded" not found'
        )

    def test_watch(self):
        process = subprocess.Popen(
            self.command("watch", "configmaps", self.namespace),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

        def next_line():
            return process.stdout.readline().rsplit(" ", 1)[0].strip()

        while (line := next_line()) != "synced":
            self.assertEqual(line, "added kube-root-ca.crt")
        self.make("seen")
        self.succeeds("patch", "configmaps", self.namespace, "seen", '{"data":{"a":"b"}}')
        self.succeeds("delete", "configmaps", self.namespace, "seen")
        lines = []
        while len(lines) < 3:
            line = next_line()
            if "kube-root-ca.crt" not in line:
                lines.append(line)
        self.assertEqual(lines, ["added seen", "modified seen", "deleted seen"])
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=30), 130)

    def test_users(self):
        self.assertEqual(self.succeeds("can-i", "delete", "pods", self.namespace), "yes\n")
        self.assertEqual(self.succeeds("can-i", "delete", "pods", self.namespace, user="reader"), "no\n")
        where = f'in API group "" in the namespace "{self.namespace}"'
        self.assertEqual(
            self.fails("list", "pods", self.namespace, user="nobody"),
            f'Error from server (Forbidden): pods is forbidden: User "nobody" cannot list '
            f'resource "pods" {where}',
        )
        self.assertEqual(
            self.fails("delete", "pods", self.namespace, "x", user="carol"),
            f'Error from server (Forbidden): pods "x" is forbidden: User "carol" cannot delete '
            f'resource "pods" {where}',
        )
        self.assertEqual(
            self.fails("list", "pods", self.namespace, user="admin-token", **{"as": "jane"}),
            f'Error from server (Forbidden): pods is forbidden: User "jane" cannot list '
            f'resource "pods" {where}',
        )

    def test_unauthorized(self):
        wrong = self.token("wrong")
        self.assertEqual(
            self.fails("list", "pods", self.namespace, user=None, token=wrong),
            "error: You must be logged in to the server (Unauthorized)",
        )
        config = json.loads(self.cluster.kubeconfig.read_text())
        [right] = [entry["user"]["token"] for entry in config["users"] if entry["name"] == "reader"]
        self.succeeds("list", "pods", self.namespace, user=None, token=wrong, next_token=self.token(right))

    def test_invalid(self):
        body = {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "web"}, "spec": {}}
        code, _, err = self.probe("create", "statefulsets", self.namespace, json.dumps(body))
        self.assertEqual(
            (code, err.splitlines()[:2]),
            (1, ['The StatefulSet "web" is invalid', "* spec.selector: Required value"]),
        )
