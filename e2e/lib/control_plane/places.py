"""Where things are: the checkout, the cache outside it, the built programs."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
DEFAULT_VERSION = "1.37.1"


def cache() -> pathlib.Path:
    """The cache folder of the Makefile."""
    if os.environ.get("STS_CACHE"):
        return pathlib.Path(os.environ["STS_CACHE"])
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "kubectl-sts"


def runs() -> pathlib.Path:
    """The parent of all clusters' state folders, readable by its owner alone: they hold keys."""
    folder = cache() / "e2e" / "run"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def versions() -> list[str]:
    """The versions of Kubernetes that there is a module for, newest first."""
    found = [path.name.removeprefix("kubernetes-") for path in (ROOT / "e2e/modules").glob("kubernetes-*")]
    return sorted(found, key=lambda text: [int(part) for part in text.split(".")], reverse=True)


def programs(version: str) -> list[pathlib.Path]:
    """Builds what is not built yet, and returns the folders that hold the programs."""
    if version not in versions():
        sys.exit(f"e2e: no Kubernetes {version} here, but {', '.join(versions())}")
    names = [f"kubernetes-{version}", "etcd", "kwok", "coredns"]
    built = subprocess.run([ROOT / "e2e/modules/build", *names], stdout=subprocess.PIPE, text=True)
    if built.returncode != 0:
        sys.exit(built.returncode)
    return [pathlib.Path(line.split("=", 1)[1]) for line in built.stdout.splitlines()]
