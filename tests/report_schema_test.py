#!/usr/bin/env python3
"""report_schema_test.py BINARY: the JSON reports of real runs, clean ones and broken ones, are valid
by the schema that users are given, and say on stdout what the exit code says."""

import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/schema/lint-report.v1.schema.json").read_text())


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    validator = jsonschema.Draft7Validator if "draft-07" in SCHEMA["$schema"] else jsonschema.Draft202012Validator
    validator.check_schema(SCHEMA)
    empty = tempfile.NamedTemporaryFile(suffix=".yaml")
    typed = (ROOT / "testdata/projects/broken/db/sts.yaml").read_bytes()
    runs = [
        (0, ["testdata/projects/web"], b""),
        (3, ["testdata/projects/broken"], b""),
        (1, ["testdata/projects/broken/db", "testdata/projects/broken/queue"], b""),
        (0, ["--fail-on", "never", "testdata/projects/broken/db"], b""),
        (1, ["-"], typed),
        (3, ["-"], b","),
        (3, ["no/such/path.yaml"], b""),
        (0, [empty.name], b""),
        (3, ["--require-input", empty.name], b""),
    ]
    # Every fixture at once: what any rule says.
    runs.append((3, ["--assume", "complete", "testdata/rules"], b""))
    rules = set()
    for want, arguments, stdin in runs:
        run = subprocess.run([binary, "lint", "-o", "json", *arguments], input=stdin, capture_output=True, cwd=ROOT)
        where = f"lint -o json {' '.join(arguments)}"
        assert run.returncode == want, f"{where}: exit code {run.returncode}, expected {want}\n{run.stderr.decode()}"
        report = json.loads(run.stdout)
        validator(SCHEMA).validate(report)
        findings, summary = report["findings"], report["summary"]
        for severity in ("error", "warning", "info"):
            count = sum(finding["severity"] == severity for finding in findings)
            assert count == summary[severity + "s"], f"{where}: {count} {severity}s, but the summary says {summary}"
        places = [(f["file"], f["line"], f["column"], f["code"]) for f in findings]
        assert places == sorted(places), f"{where}: not in the stable order"
        rules.update(finding["rule"] for finding in findings)
    assert len(rules) > 20, f"the fixtures should show many rules, not {rules}"
    print(f"{len(runs)} reports are valid; they show {len(rules)} rules")


if __name__ == "__main__":
    main()
