"""The linter's fixtures: what it says of them, and how they are brought to a cluster."""

import dataclasses
import functools
import pathlib
import re

from control_plane import places

RULES = places.ROOT / "testdata/rules"


@dataclasses.dataclass(frozen=True)
class Fixture:
    rule: str
    name: str  # bad-typo
    path: pathlib.Path  # a file, or a folder of several

    @property
    def files(self) -> list[pathlib.Path]:
        if self.path.is_file():
            return [self.path]
        return sorted(path for path in self.path.rglob("*") if path.suffix in (".yaml", ".yml", ".json"))

    @property
    def changes(self) -> bool:
        """Whether it is a change: a folder `before` and a folder `after`."""
        return (self.path / "before").is_dir() and (self.path / "after").is_dir()

    @functools.cached_property
    def flags(self) -> dict[str, str]:
        """The linter's flags, which the first line of a file may give."""
        for file in self.files:
            line = file.read_bytes().split(b"\n", 1)[0].decode(errors="replace")
            if line.startswith("# flags:"):
                words = line.removeprefix("# flags:").split()
                return dict(zip(words[::2], words[1::2]))
        return {}

    def _said(self, rule: str) -> list[str]:
        name = self.path.name if self.path.is_dir() else self.path.stem
        text = (self.path.parent / f"{name}.out").read_text()
        return re.findall(rf"^.*\d: error: (.*) \[{rule}\]$", text, re.MULTILINE)

    @property
    def errors(self) -> list[str]:
        """The messages of severity error that the fixture's own rule gives."""
        return self._said(re.escape(self.rule))

    @property
    def kustomization(self) -> str:
        """The folder whose kustomization makes the mistake, if a message says so."""
        for message in self.errors:
            if found := re.search(r'as (\S+)/kustomization\.yaml|the kustomization in "([^"]+)"', message):
                return found[1] or found[2]
        return ""

    @property
    def errors_of_any_rule(self) -> list[str]:
        return self._said("[a-z-]+")

    def __str__(self) -> str:
        return f"{self.rule}/{self.name}"


def fixtures(prefix: str) -> list[Fixture]:
    found = []
    for path in sorted(RULES.glob(f"*/{prefix}-*")):
        if path.suffix != ".out":
            found.append(Fixture(path.parent.name, path.name if path.is_dir() else path.stem, path))
    return found


def error_rules() -> list[str]:
    """The ids of the rules that the linter's sources declare with severity error."""
    declaration = re.compile(r'\bRule\s+k\w+\s*\{\s*\d+\s*,\s*"([a-z0-9-]+)"\s*,\s*Severity::kError\b')
    sources = sorted((places.ROOT / "lint/rules").rglob("*.cc"))
    return sorted({match for source in sources for match in declaration.findall(source.read_text())})


def named_namespaces(text: str) -> set[str]:
    """The namespaces that manifests name."""
    return set(re.findall(r"^\s*-?\s*[\"']?namespace[\"']?:\s*[\"']?([a-z0-9-]+)", text, re.MULTILINE))


def moved(text: str, namespaces: dict[str, str]) -> str:
    """The manifests with other namespaces, in their fields and in the DNS names of their scripts."""
    for old, new in namespaces.items():
        text = re.sub(rf"(\bnamespace[\"']?:\s*[\"']?){re.escape(old)}(?![a-z0-9-])", rf"\g<1>{new}", text)
        text = re.sub(rf"(?<=[a-z0-9)}}]\.){re.escape(old)}(?=[^a-z0-9-]|$)", new, text, flags=re.MULTILINE)
    return text
