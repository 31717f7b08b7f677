"""What each error of the linter claims will happen, and so what a cluster must show: one entry a rule.

An entry is a claim, or several by the fixture's name (with * as a wildcard; the first that matches). Where a
claim cannot be shown here, `Witness` says what stands for it instead; such fixtures are not counted.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Rejected:
    """The API server or kubectl refuses it, with this in its answer.

    Before 1.34 the API server did not look into pod and claim templates: there, no pod comes instead.
    """

    text: str = ""  # a pattern, as all texts here
    since: int = 0  # the first minor version of Kubernetes of which it is claimed


@dataclasses.dataclass(frozen=True)
class ChangeRejected:
    """What stands in the fixture's `before` is applied, and then `kubectl apply` of its `after` is refused."""

    text: str


@dataclasses.dataclass(frozen=True)
class NoPods:
    """It is accepted, and no pod comes: an event FailedCreate says this."""

    text: str


@dataclasses.dataclass(frozen=True)
class Unschedulable:
    """A pod stays Pending: an event FailedScheduling says this."""

    text: str


@dataclasses.dataclass(frozen=True)
class LastWins:
    """kubectl takes it in silence, and this path of this object has the last value."""

    api_version: str
    kind: str
    name: str
    path: str
    value: object


@dataclasses.dataclass(frozen=True)
class NoName:
    """Every pod is Ready, and CoreDNS knows no such name, in whichever search domain.

    `names` is a pattern over the messages whose group is the name; without it, the names are those of the
    pods of every StatefulSet under its serviceName.
    """

    names: str = ""
    kind: str = "A"
    apply: str = ""  # a file or folder of the fixture, where not all of it is applied
    kustomize: str = ""  # a folder that `kubectl kustomize` renders, where no message names it


@dataclasses.dataclass(frozen=True)
class NoNameUntilReady:
    """While pods are not Ready, as they are while their init containers or probes wait, CoreDNS does not
    know the name waited for; it knows it as soon as they are Ready, which the wait prevents."""

    names: str = r'the DNS name "([^"]+)"'


@dataclasses.dataclass(frozen=True)
class NoLaterPod:
    """The pod waited for is not created while the first one is not Ready."""

    names: str = r"waits for (\S+) before"


@dataclasses.dataclass(frozen=True)
class NothingServes:
    """No endpoint of the Service waited for serves, while the pods wait."""

    names: str


@dataclasses.dataclass(frozen=True)
class Script:
    """What a script gets to see, where DNS is as in a pod and all pods are Ready.

    `shows` names a method of the test; `names` is a pattern over the messages whose group it is given.
    """

    shows: str
    names: str


@dataclasses.dataclass(frozen=True)
class Witness:
    """Not shown here, and why."""

    text: str


_TABLE = "only Debian's busybox (1.35) can be run here; what other versions do is from their sources"
_POD = "Invalid value|Required value|Unsupported value|Duplicate value|Not found|Forbidden"

# Up to 1.36 one message lists what may change; from 1.37 on each field has its own.
_IMMUTABLE = "updates to statefulset spec for fields other than|Invalid value: .*: field is immutable"

CLAIMS: dict = {
    # The input itself.
    "yaml-syntax": {
        "bad-deep-nesting": Witness(
            "kubectl has no such limit: it is the linter's own, against being stalled"
        ),
        # kubectl reads U+FFFD for the byte, which only then breaks the label that it stands in.
        "bad-invalid-utf8": Rejected("a valid label must be"),
        "*": Rejected("yaml: |error (parsing|converting)"),
    },
    "input-unreadable": Witness("it is about files that cannot be opened"),
    "duplicate-key": {
        "bad-in-json": LastWins("v1", "ConfigMap", "cache-config", "metadata.name", "cache-config"),
        "bad-two-replicas": LastWins("apps/v1", "StatefulSet", "cache", "spec.replicas", 5),
        "bad-two-selectors": LastWins("v1", "Service", "cache", "spec.selector.app", "cache-old"),
    },
    "doc-separator": Rejected("invalid Yaml document separator"),
    # Names and shape.
    "name-missing": Rejected(
        'name or generateName is required|resource name may not be empty|unknown field "name"'
    ),
    "name-not-dns-label": Rejected("metadata.name: Invalid value"),
    "name-too-long": {
        "bad-64-rejected": Rejected("metadata.name: Invalid value"),
        "*": NoPods("must be no more than 63"),
    },
    "ordinal-name-overflow": {
        "bad-fqdn": Witness("a kubelet sets host names, and kwok plays none of that"),
        "*": NoPods("must be no more than 63"),
    },
    "selector-empty": Rejected("spec.selector: (Required|Invalid) value"),
    "selector-template-mismatch": Rejected("`selector` does not match template `labels`"),
    "deprecated-api": Rejected("no matches for kind"),
    "field-unsupported": {
        "bad-on-1-2?": Witness("Kubernetes 1.21 and 1.23 are not built here"),
        "*": Rejected("Recreate"),
    },
    "unknown-field": Rejected("unknown field"),
    "field-misplaced": {
        "bad-service-match-labels": Rejected("cannot unmarshal object"),
        "*": Rejected("unknown field"),
    },
    "ds-replicas-fields": Rejected("unknown field"),
    "publish-not-ready-misplaced": Rejected('unknown field "spec.(template.spec.)?publishNotReadyAddresses"'),
    "field-invalid": {
        "bad-types": Rejected("cannot unmarshal"),
        "bad-quantities": Rejected(
            "quantities must match the regular expression|must be less than or equal to"
        ),
        "bad-memory-unit": Rejected("quantities must match the regular expression"),
        "*": Rejected(_POD),
    },
    "duplicate-name": Rejected("Duplicate value|Required value|must be unique"),
    "restart-policy": Rejected('restartPolicy: Unsupported value: "(OnFailure|Never)"'),
    "active-deadline": Rejected("activeDeadlineSeconds in (StatefulSet|DaemonSet) is not Supported"),
    "on-delete-with-rolling-block": Rejected("only allowed for updateStrategy"),
    "max-unavailable-invalid": Rejected("rollingUpdate.maxUnavailable: Invalid value", since=35),
    # The governing Service, and names.
    "servicename-missing": NoName(r'but "([^"]+)" is used'),
    "servicename-invalid": {
        "bad-before-1-33": Witness("versions before 1.33 are not built here"),
        "*": Rejected("spec.serviceName: Invalid value"),
    },
    "service-not-found": {
        "bad-environment-files": NoName(apply="prod.yaml"),
        "bad-environment-folders": NoName(apply="prod"),
        "bad-beside-*": NoName(apply="k8s"),
        "*": NoName(),
    },
    "service-not-headless": Rejected('clusterIPs?(\\[0\\])?: Invalid value: "none"'),
    "service-selector-mismatch": NoName(),
    "service-externalname": NoName(),
    "service-wrong-namespace": {
        "bad-overlay": NoName(kustomize="prod"),
        "*": NoName(),
    },
    "headless-nodeport-lb": Rejected("may not be set (to 'None' for|for ExternalName)"),
    "target-port-name-unresolved": Rejected("must contain at least one letter"),
    "srv-port-unknown": NoName(r'^"(_[^"]+)"', kind="SRV"),
    "dns-ref-wrong-service": NoName(r'^"([^"]+)"'),
    "dns-ref-wrong-namespace": NoName(r'^"([^"]+)"'),
    "dns-ref-missing-service": NoName(r'^"([^"]+)"'),
    # Changes of what runs.
    "immutable-changed": ChangeRejected(_IMMUTABLE),
    "immutable-changed-by-version": Witness("Kubernetes 1.32 is not built here"),
    "vct-resized": ChangeRejected(_IMMUTABLE),
    "vct-renamed-or-removed": ChangeRejected(_IMMUTABLE),
    "service-headless-flip": ChangeRejected("may not change once set"),
    "ds-selector-changed": ChangeRejected("field is immutable"),
    # DNS tools.
    "nslookup-relative-name": Script("relative_name_fails", r'(?:asks|exits 1 for) "([^"]+)"'),
    "nslookup-never-fails": Witness(_TABLE),
    "nslookup-explicit-server": Script("relative_name_with_a_server_fails", r'search list for "([^"]+)"'),
    "nslookup-unsupported-type": Witness(_TABLE),
    "nslookup-grep-server-line": {
        "bad-1.28-*": Witness(_TABLE),
        "*": Script("pattern_matches_the_server", r'^"([^"]+)" matches'),
    },
    "dig-exit-status": Script("dig_finds_nothing_and_exits_0", r'dig exits 0 for "([^"]+)"'),
    "dns-tool-missing": Script("busybox_has_no_such_applet", r"^(\w+) is not in"),
    # Waits.
    "init-dns-deadlock": NoNameUntilReady(),
    "init-waits-for-later-ordinal": {
        "bad-parallel-not-published": NoNameUntilReady(r'waits for "([^"]+)"'),
        "*": NoLaterPod(),
    },
    "init-waits-for-own-service": NothingServes(r'(?:for Service|own port at) "([^"]+)"'),
    "probe-dns-deadlock": {
        "bad-later-ordinal": NoLaterPod(r"asks for (\S+), which"),
        "*": NoNameUntilReady(),
    },
    # Storage.
    "volume-mount-unresolved": Rejected("Not found"),
    "vct-access-modes-missing": Rejected("accessModes: Required value|at least 1 access mode is required"),
    "vct-storage-missing": Rejected(
        "storage\\]?: Required value|must be greater than zero|quantities must match|must be greater than or equal to 0"
    ),
    "vct-name-invalid": Rejected("Invalid value|Required value"),
    "vct-rwop-combined": Rejected("may not use ReadWriteOncePod with other access modes"),
    "shared-rwo-claim": Unschedulable("ReadWriteOncePod"),
    "claim-not-found": Unschedulable('persistentvolumeclaim "[^"]*" not found'),
    "subpath-ordinal": Witness("a kubelet expands subPathExpr, and kwok plays none of that"),
}
