"""What the API server and the controllers say to faulty sets: one row a fault.

A verdict holds from a minor version of Kubernetes on: {33: FailedCreate(...), 34: Rejected(...)}.
"""

import dataclasses

from control_plane.case import claim_template, headless_service, stateful_set


@dataclasses.dataclass(frozen=True)
class Rejected:
    """The API server refuses it, and says this."""

    text: str


@dataclasses.dataclass(frozen=True)
class FailedCreate:
    """It is accepted, and then no pod comes: an event FailedCreate of the set says this."""

    text: str


@dataclasses.dataclass(frozen=True)
class Runs:
    """All its pods become Ready."""


@dataclasses.dataclass(frozen=True)
class Accepted:
    """The API server takes it, perhaps with a warning that says this; nothing is claimed of what follows."""

    warning: str = ""


@dataclasses.dataclass(frozen=True)
class Dropped:
    """It is accepted, and this path of it is not there any more."""

    path: str


@dataclasses.dataclass(frozen=True)
class Unschedulable:
    """Its pod is made and stays Pending; an event FailedScheduling says this."""

    text: str


@dataclasses.dataclass(frozen=True)
class Row:
    fault: str
    body: dict
    verdicts: dict


def row(fault: str, body: dict, always=None, **since) -> Row:
    """`since` is by version: v33=..., v34=...; `always` is the same on all."""
    verdicts = (
        {0: always} if always is not None else {int(key[1:]): verdict for key, verdict in since.items()}
    )
    return Row(fault, body, verdicts)


def sts(**spec) -> dict:
    return stateful_set("s", replicas=spec.pop("replicas", 1), **spec)


def pod(**spec) -> dict:
    return sts(template={"spec": spec})


def container(**fields) -> dict:
    return {"name": "main", "image": "example.com/app:1"} | fields


def claims(*templates: dict) -> dict:
    return sts(volumeClaimTemplates=list(templates))


def named(name: str) -> dict:
    body = sts()
    body["metadata"]["name"] = name
    return body


def daemon_set(strategy: dict | None = None, **spec) -> dict:
    body = stateful_set("d")
    body["kind"] = "DaemonSet"
    for key in ("serviceName", "replicas"):
        del body["spec"][key]
    if strategy is not None:
        body["spec"]["updateStrategy"] = strategy
    body["spec"].update(spec)
    return body


def rolling(**fields) -> dict:
    return {"type": "RollingUpdate", "rollingUpdate": fields}


def budget(**spec) -> dict:
    return {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "b"}, "spec": spec}


def without(body: dict, *path: str) -> dict:
    at = body
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return body


def with_value(body: dict, value, *path: str) -> dict:
    at = body
    for key in path[:-1]:
        at = at.setdefault(key, {})
    at[path[-1]] = value
    return body


def claim(**spec) -> dict:
    return claim_template() | {
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}} | spec
    }


def surge_with_host(**fields) -> dict:
    body = daemon_set(rolling(maxSurge=1, maxUnavailable=0))
    body["spec"]["template"]["spec"] |= fields
    return body


STATEFUL_SETS = [
    row("nothing", sts(), Runs()),
    # Volumes and claims.
    row(
        "a volumeMount names no volume and no claim template",
        pod(containers=[container(volumeMounts=[{"name": "nope", "mountPath": "/data"}])]),
        v33=FailedCreate('spec.containers[0].volumeMounts[0].name: Not found: "nope"'),
        v34=Rejected('spec.template.spec.containers[0].volumeMounts[0].name: Not found: "nope"'),
    ),
    row(
        "a claim template and a template volume share a name",
        sts(
            volumeClaimTemplates=[claim()], template={"spec": {"volumes": [{"name": "data", "emptyDir": {}}]}}
        ),
        Runs(),
    ),
    row(
        "a claim template without accessModes",
        claims(without(claim(), "spec", "accessModes")),
        v33=FailedCreate("spec.accessModes: Required value"),
        v34=Rejected("spec.accessModes: Required value"),
    ),
    row(
        "a claim template without storage",
        claims(claim(resources={"requests": {}})),
        v33=FailedCreate("spec.resources[storage]: Required value"),
        v34=Rejected("spec.resources[storage]: Required value"),
    ),
    row(
        "a claim template with storage 0",
        claims(claim(resources={"requests": {"storage": "0"}})),
        v33=FailedCreate("must be greater than zero"),
        v34=Rejected("must be greater than zero"),
    ),
    row("two claim templates of one name", claims(claim(), claim()), Runs()),
    row(
        "a claim template name in upper case",
        claims(with_value(claim(), "Data", "metadata", "name")),
        v33=FailedCreate("Invalid value"),
        v34=Rejected('Invalid value: "Data"'),
    ),
    row(
        "a claim template name with a dot",
        claims(with_value(claim(), "my.data", "metadata", "name")),
        v33=FailedCreate("Invalid value"),
        v34=Rejected("must not contain dots"),
    ),
    row(
        "a claim template without a name",
        claims(with_value(claim(), {}, "metadata")),
        v33=FailedCreate('PersistentVolumeClaim "-s-0" is invalid'),
        v34=Rejected("name: Required value"),
    ),
    row(
        "a claim template with a namespace",
        claims(with_value(claim(), "elsewhere", "metadata", "namespace")),
        Runs(),
    ),
    row(
        "ReadWriteOncePod with another mode",
        claims(claim(accessModes=["ReadWriteOncePod", "ReadWriteOnce"])),
        v33=FailedCreate("may not use ReadWriteOncePod with other access modes"),
        v34=Rejected("may not use ReadWriteOncePod with other access modes"),
    ),
    row(
        "a claim in volumes that does not exist",
        pod(volumes=[{"name": "data", "persistentVolumeClaim": {"claimName": "nope"}}]),
        Unschedulable('persistentvolumeclaim "nope" not found'),
    ),
    # Names and selectors.
    row("serviceName with a dot", sts(serviceName="a.b"), Rejected("must not contain dots")),
    row("no serviceName", sts(serviceName=None), Runs()),
    row("a set name of 52 characters", named("s" * 52), Runs()),
    row("a set name of 53 characters", named("s" * 53), FailedCreate("must be no more than 63")),
    row("a set name of 60 characters", named("s" * 60), FailedCreate("must be no more than 63")),
    row("a set name with a dot", named("a.b"), Rejected("must not contain dots")),
    row(
        "a selector that does not match the template's labels",
        sts(selector={"matchLabels": {"app": "other"}}),
        Rejected("`selector` does not match template `labels`"),
    ),
    row(
        "an empty selector",
        with_value(sts(), {}, "spec", "selector"),
        Rejected("spec.selector: Invalid value"),
    ),
    row(
        "no labels",
        with_value(sts(), {}, "spec", "template", "metadata"),
        Rejected("`selector` does not match template `labels`"),
    ),
    # The pod template.
    row(
        "restartPolicy OnFailure",
        pod(restartPolicy="OnFailure"),
        Rejected('spec.template.spec.restartPolicy: Unsupported value: "OnFailure"'),
    ),
    row(
        "activeDeadlineSeconds",
        pod(activeDeadlineSeconds=60),
        Rejected("activeDeadlineSeconds in StatefulSet is not Supported"),
    ),
    row("terminationGracePeriodSeconds 0", pod(terminationGracePeriodSeconds=0), Runs()),
    row("terminationGracePeriodSeconds -5", pod(terminationGracePeriodSeconds=-5), Accepted("must be >= 0")),
    row("a template hostname", pod(hostname="mine"), Runs()),
    row(
        "two containers of one name",
        pod(containers=[container(), container()]),
        v33=FailedCreate("Duplicate value"),
        v34=Rejected('Duplicate value: "main"'),
    ),
    row(
        "two volumes of one name",
        pod(volumes=[{"name": "v", "emptyDir": {}}, {"name": "v", "emptyDir": {}}]),
        v33=FailedCreate("Duplicate value"),
        v34=Rejected('Duplicate value: "v"'),
    ),
    row(
        "one mountPath twice",
        pod(
            volumes=[{"name": "a", "emptyDir": {}}, {"name": "b", "emptyDir": {}}],
            containers=[
                container(volumeMounts=[{"name": "a", "mountPath": "/x"}, {"name": "b", "mountPath": "/x"}])
            ],
        ),
        v33=FailedCreate("must be unique"),
        v34=Rejected("must be unique"),
    ),
    row(
        "a toleration Exists with a value",
        pod(tolerations=[{"key": "k", "operator": "Exists", "value": "v"}]),
        v33=FailedCreate("value must be empty when `operator` is 'Exists'"),
        v34=Rejected("value must be empty when `operator` is 'Exists'"),
    ),
    # The set itself.
    row(
        "OnDelete with a rollingUpdate block",
        sts(updateStrategy={"type": "OnDelete", "rollingUpdate": {"partition": 0}}),
        Rejected("only allowed for updateStrategy"),
    ),
    row(
        "maxUnavailable 0",
        sts(updateStrategy=rolling(maxUnavailable=0)),
        v33=Dropped("spec.updateStrategy.rollingUpdate.maxUnavailable"),
        v35=Rejected("cannot be 0"),
    ),
    row(
        "maxUnavailable 200%",
        sts(updateStrategy=rolling(maxUnavailable="200%")),
        v33=Dropped("spec.updateStrategy.rollingUpdate.maxUnavailable"),
        v35=Rejected("must not be greater than 100%"),
    ),
    row(
        "partition -1",
        sts(updateStrategy=rolling(partition=-1)),
        Rejected("must be greater than or equal to 0"),
    ),
    row("ordinals.start -1", sts(ordinals={"start": -1}), Rejected("must be greater than or equal to 0")),
    row("replicas -1", sts(replicas=-1), Rejected("must be greater than or equal to 0")),
    row("minReadySeconds -1", sts(minReadySeconds=-1), Rejected("must be greater than or equal to 0")),
    row("updateStrategy Recreate", sts(updateStrategy={"type": "Recreate"}), Rejected("Recreate")),
    row("podManagementPolicy parallel", sts(podManagementPolicy="parallel"), Rejected("podManagementPolicy")),
    row(
        "retention policy Recycle",
        sts(persistentVolumeClaimRetentionPolicy={"whenDeleted": "Recycle"}),
        Rejected("whenDeleted"),
    ),
    row("ordinals that pass int32", sts(replicas=20, ordinals={"start": 2147483640}), Accepted()),
    row("revisionHistoryLimit 0", sts(revisionHistoryLimit=0), Runs()),
    row(
        "an unknown field",
        sts(publishNotReadyAddresses=True),
        Rejected('unknown field "spec.publishNotReadyAddresses"'),
    ),
    row("paused, which Deployments have", sts(paused=True), Rejected('unknown field "spec.paused"')),
]

# Asked by a server-side dry run: what would come of them does not matter.
OTHERS = [
    row("DaemonSet: nothing", daemon_set(), Accepted()),
    row(
        "DaemonSet: maxSurge 1 with maxUnavailable 1",
        daemon_set(rolling(maxSurge=1, maxUnavailable=1)),
        Rejected("may not be set when maxUnavailable is non-zero"),
    ),
    row(
        "DaemonSet: maxSurge 1 alone",
        daemon_set(rolling(maxSurge=1)),
        Rejected("may not be set when maxUnavailable is non-zero"),
    ),
    row(
        "DaemonSet: both 0",
        daemon_set(rolling(maxSurge=0, maxUnavailable=0)),
        Rejected("cannot be 0 when maxSurge is 0"),
    ),
    row(
        "DaemonSet: maxSurge with hostNetwork",
        surge_with_host(hostNetwork=True, containers=[container()]),
        Accepted(),
    ),
    row(
        "DaemonSet: maxSurge with hostPort",
        surge_with_host(containers=[container(ports=[{"containerPort": 80, "hostPort": 80}])]),
        Accepted(),
    ),
    row(
        "DaemonSet: OnDelete with a rollingUpdate block",
        daemon_set({"type": "OnDelete", "rollingUpdate": {"maxUnavailable": 1}}),
        Accepted(),
    ),
    row("DaemonSet: replicas", daemon_set(replicas=1), Rejected('unknown field "spec.replicas"')),
    row(
        "DaemonSet: volumeClaimTemplates",
        daemon_set(volumeClaimTemplates=[claim()]),
        Rejected('unknown field "spec.volumeClaimTemplates"'),
    ),
    row(
        "DaemonSet: strategy",
        with_value(daemon_set(), {"type": "RollingUpdate"}, "spec", "strategy"),
        Rejected('unknown field "spec.strategy"'),
    ),
    row(
        "Service: headless NodePort",
        headless_service("v", type="NodePort"),
        Rejected("may not be set to 'None' for NodePort services"),
    ),
    row(
        "Service: headless LoadBalancer",
        headless_service("v", type="LoadBalancer"),
        Rejected("may not be set to 'None' for LoadBalancer services"),
    ),
    row(
        "Service: ExternalName with clusterIP None",
        headless_service("v", type="ExternalName", externalName="a.example.com"),
        Rejected("may not be set for ExternalName services"),
    ),
    row("Service: headless without ports", headless_service("v", ports=[]), Accepted()),
    row(
        "Service: two unnamed ports",
        headless_service("v", ports=[{"port": 80}, {"port": 81}]),
        Rejected("spec.ports[0].name: Required value"),
    ),
    row(
        "PodDisruptionBudget: both fields",
        budget(minAvailable=1, maxUnavailable=1, selector={"matchLabels": {"a": "b"}}),
        Rejected("minAvailable and maxUnavailable cannot be both set"),
    ),
    row("PodDisruptionBudget: no field", budget(selector={"matchLabels": {"a": "b"}}), Accepted()),
    row("PodDisruptionBudget: an empty selector", budget(minAvailable=1, selector={}), Accepted()),
    row("PodDisruptionBudget: no selector", budget(minAvailable=1), Accepted()),
]
