"""What the black-box tests share: scratch folders, manifests, runs of the binary."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["STS_BINARY"]).resolve()
SCHEMA = json.loads((ROOT / "docs/schema/lint-report.v1.schema.json").read_text())

SERVICE = """apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: sql
      port: 5432
"""

SET = """apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:16.4
"""

GOOD = SERVICE + "---\n" + SET
# One error, on line 18: there is no volume "logs".
FAULTY = """apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
        - name: agent
          image: example.com/agent:1.2.3
          volumeMounts:
            - name: logs
              mountPath: /logs
"""
FAULT = "volume-mount-unresolved"
AT = (18, 21)

# The StatefulSet's serviceName is a slip: an error where the project is known to be complete.
SLIP = SERVICE.replace("name: db", "name: db-headless") + "---\n" + SET.replace(
    "serviceName: db", "serviceName: db-headles"
)


def renamed(manifest, name):
    """The manifest of another application: names, labels and all."""
    return re.sub(r"\bagent\b(?!:1)", name, manifest)



class CliTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sts-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_sts(self, *arguments, stdin=None, env=None, argv0=None, **options):
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GITHUB_") and name not in ("NO_COLOR", "TERM")
        }
        clean.update(env or {})
        return subprocess.run(
            [argv0 or str(BINARY), *arguments],
            executable=options.pop("executable", str(BINARY)),
            cwd=options.pop("cwd", self.folder),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            env=clean,
            timeout=60,
            check=False,
            **options,
        )

    def lint(self, *arguments, code, **options):
        """Runs lint; returns (stdout, stderr) once the exit code is the expected one."""
        run = self.run_sts("lint", *arguments, **options)
        out = (run.stdout or b"").decode(errors="surrogateescape")
        err = run.stderr.decode(errors="surrogateescape")
        self.assertEqual(run.returncode, code, f"stdout:\n{out[:4000]}\nstderr:\n{err[:4000]}")
        return out, err

    def report(self, *arguments, code, **options):
        """Runs lint -o json; returns the report once the schema has accepted it."""
        out, _ = self.lint("-o", "json", *arguments, code=code, **options)
        report = json.loads(out)
        jsonschema.Draft7Validator(SCHEMA).validate(report)
        return report

    def findings(self, *arguments, code, **options):
        """(rule, file, line, column) of each finding."""
        return [
            (finding["rule"], finding["file"], finding["line"], finding["column"])
            for finding in self.report(*arguments, code=code, **options)["findings"]
        ]
