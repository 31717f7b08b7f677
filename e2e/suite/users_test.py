"""The users of the kubeconfig, and what the audit log says of them."""

import json

from control_plane.case import ClusterTest, headless_service


class Users(ClusterTest):
    def can(self, user: str, *words: str) -> str:
        return self.kubectl("auth", "can-i", *words, "--context", user, check=False).stdout.strip()

    def test_contexts(self):
        names = self.kubectl("config", "get-contexts", "-o", "name").stdout.split()
        self.assertEqual(names, ["admin", "admin-token", "carol", "nobody", "reader"])

    def test_administrators(self):
        for user in ("admin", "admin-token"):
            self.assertEqual(self.can(user, "delete", "nodes"), "yes", user)

    def test_readers(self):
        for user in ("carol", "reader"):
            self.assertEqual(self.can(user, "list", "statefulsets"), "yes", user)
            self.assertEqual(self.can(user, "get", "secrets"), "no", user)
            self.assertEqual(self.can(user, "delete", "pods"), "no", user)

    def test_nobody(self):
        done = self.kubectl("get", "pods", "--context", "nobody", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn('User "nobody" cannot list resource "pods"', done.stderr)

    def test_audit_log(self):
        self.create(headless_service("audited"))
        self.kubectl("get", "services", "--context", "reader")

        def entries():
            lines = self.cluster.audit_log.read_text().splitlines()
            entries = [
                json.loads(line) for line in lines if f'"{self.namespace}"' in line and line.endswith("}")
            ]
            return {
                (entry["user"]["username"], entry["verb"]): entry
                for entry in entries
                if entry["objectRef"]["resource"] == "services"
            }

        found = self.eventually("both are logged", lambda: len(entries()) >= 2 and entries())
        self.assertEqual(found["admin", "create"]["requestObject"]["spec"]["clusterIP"], "None")
        self.assertNotIn("requestObject", found["reader", "list"])
