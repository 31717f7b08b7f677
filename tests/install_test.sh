#!/usr/bin/env bash
# `make install` and `make release` leave what README.md says they do.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

make -s install DESTDIR="$scratch" PREFIX=/usr
(cd "$scratch" && find . -type f -printf '%m %p\n' | sort) >"$scratch.list"
diff "$scratch.list" - <<'TEXT'
644 ./usr/share/doc/kubectl-sts/LICENSE
755 ./usr/bin/kubectl-sts
TEXT
rm "$scratch.list"
"$scratch/usr/bin/kubectl-sts" --version

plugin-manifest/release build/kubectl-sts "$scratch/dist" >/dev/null
(cd "$scratch/dist" && sha256sum --check --quiet checksums.txt)
/usr/bin/python3 - "$scratch/dist/sts.yaml" <<'PYTHON'
import hashlib, pathlib, sys, yaml
path = pathlib.Path(sys.argv[1])
plugin = yaml.safe_load(path.read_text())
assert set(plugin) == {"apiVersion", "kind", "metadata", "spec"}, plugin
for platform in plugin["spec"]["platforms"]:
    assert set(platform) == {"selector", "uri", "sha256", "bin"}, platform
    archive = path.parent / platform["uri"].rsplit("/", 1)[1]
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == platform["sha256"], platform
PYTHON
echo 'installed and released'
