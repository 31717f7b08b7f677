#!/usr/bin/env python3
"""The JSON reports of status and dns that are recorded in testdata are valid by the schemas that users
are given, and the schemas name every blocker and every reason that there is."""

import json
import pathlib
import re
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECORDINGS = ROOT / "testdata/recordings"


def schema_of(name):
    schema = json.loads((ROOT / f"docs/schema/{name}-report.v1.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    return schema


def words(path, pattern):
    found = re.findall(pattern, (ROOT / path).read_text())
    assert found, f"{path} has nothing like {pattern}"
    return set(found)


def main():
    status, dns = schema_of("status"), schema_of("dns")
    count = 0
    for name, schema in (("status", status), ("dns", dns)):
        for path in sorted(RECORDINGS.glob(f"*.{name}.json")):
            jsonschema.Draft7Validator(schema).validate(json.loads(path.read_text()))
            count += 1
    assert count >= 4, f"only {count} reports are recorded"

    ids = set(status["definitions"]["blocker"]["properties"]["id"]["enum"])
    assert ids == words("rollout/status/blockers/kinds.cc", r'\{"([a-z-]+)", find_'), ids
    hazards = set(status["definitions"]["hazard"]["properties"]["id"]["enum"])
    assert hazards == words("rollout/status/hazards.cc", r'hazard\.id = "([a-z-]+)"'), hazards
    names = dns["definitions"]["report"]["properties"]["names"]
    reasons = set(names["items"]["properties"]["reason"]["enum"]) - {None}
    assert reasons == words("rollout/dns/dns.cc", r'return "([a-z-]+)";'), reasons

    for page, known in (("docs/status.md", ids | hazards), ("docs/dns.md", reasons)):
        explained = words(page, r"(?m)^\| `([a-z-]+)` \|")
        assert explained == known, f"{page} explains {explained ^ known} too much or not at all"
    print(f"{count} reports are valid; {len(ids)} blockers, {len(reasons)} reasons are explained")


if __name__ == "__main__":
    sys.exit(main())
