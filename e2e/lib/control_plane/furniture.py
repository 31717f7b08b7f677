"""What a cluster is made of: flags, configuration files, users, the objects that are there from the start."""

import json
import pathlib

# Whoever uses the cluster has a context of this name in the kubeconfig; the others are its parts.
PEOPLE = ("admin", "carol")
CERTIFICATE_USERS = {
    "admin": "/O=system:masters/CN=admin",
    "carol": "/O=readers/CN=carol",
    "kube-controller-manager": "/CN=system:kube-controller-manager",
    "kube-scheduler": "/CN=system:kube-scheduler",
    "kwok": "/O=system:masters/CN=kwok",
    "coredns": "/CN=coredns",
}
TOKEN_USERS = {"admin-token": "system:masters", "reader": "readers", "nobody": ""}

ZONES = {"node-0": "a", "node-1": "a", "node-2": "b", "node-3": "b", "node-4": "c"}
GONE = "e2e.kubectl-sts/gone"


def certificate_of(pki: pathlib.Path, user: str) -> dict:
    return {"client-certificate": str(pki / f"{user}.crt"), "client-key": str(pki / f"{user}.key")}


def write_kubeconfig(
    path: pathlib.Path, server: str, pki: pathlib.Path, contexts: dict, current: str
) -> None:
    """JSON is YAML. The contexts' values hold `user` and perhaps `namespace`."""
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {"name": "e2e", "cluster": {"server": server, "certificate-authority": str(pki / "ca.crt")}},
        ],
        "users": [{"name": name, "user": one["user"]} for name, one in contexts.items()],
        "contexts": [{"name": name, "context": {"cluster": "e2e", "user": name}} for name in contexts],
        "current-context": current,
    }
    path.touch(mode=0o600)
    path.write_text(json.dumps(document, indent=2) + "\n")


def write_people_kubeconfig(path: pathlib.Path, server: str, pki: pathlib.Path, tokens: dict) -> None:
    contexts = {user: {"user": certificate_of(pki, user)} for user in PEOPLE}
    contexts |= {user: {"user": {"token": token}} for user, token in tokens.items()}
    write_kubeconfig(path, server, pki, contexts, "admin")


_AUDIT_POLICY = """apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  # What the parts of the cluster ask each other all the time says nothing about a test.
  - level: None
    verbs: [get, list, watch]
    users: [kwok, coredns, "system:apiserver", "system:kube-controller-manager", "system:kube-scheduler"]
  - level: None
    verbs: [get, list, watch]
    userGroups: ["system:serviceaccounts:kube-system"]
  - level: None
    resources: [{group: coordination.k8s.io, resources: [leases]}]
    users: [kwok, "system:apiserver"]
  - level: Metadata
    resources: [{group: "", resources: [secrets, serviceaccounts/token]}, {group: authentication.k8s.io}]
  - level: Request
    verbs: [create, update, patch, delete, deletecollection]
  - level: Metadata
"""

# The second block: what a resolver of a real cluster says of names outside of it, such as `nginx.`
_COREFILE = """cluster.local:PORT in-addr.arpa:PORT ip6.arpa:PORT {
    bind 127.0.0.1
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        kubeconfig FOLDER/coredns.kubeconfig
        pods insecure
        ttl 0
    }
}
.:PORT {
    bind 127.0.0.1
    template ANY ANY {
        rcode NXDOMAIN
    }
}
"""

_SCHEDULER = """apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
leaderElection:
  leaderElect: false
clientConnection:
  kubeconfig: FOLDER/kube-scheduler.kubeconfig
  qps: 500
  burst: 1000
podInitialBackoffSeconds: 1
podMaxBackoffSeconds: 2
"""


def write_files(folder: pathlib.Path, ports: dict, tokens: dict) -> None:
    lines = [
        ",".join([token, user, user] + ([f'"{TOKEN_USERS[user]}"'] if TOKEN_USERS[user] else []))
        for user, token in tokens.items()
    ]
    (folder / "pki/tokens.csv").write_text("\n".join(lines) + "\n")
    (folder / "audit-policy.yaml").write_text(_AUDIT_POLICY)
    (folder / "Corefile").write_text(
        _COREFILE.replace("PORT", str(ports["coredns"])).replace("FOLDER", str(folder))
    )
    (folder / "scheduler.yaml").write_text(_SCHEDULER.replace("FOLDER", str(folder)))


def etcd_flags(folder: pathlib.Path, client: str, peer: str) -> list[str]:
    pki = folder / "pki"
    return [
        "--name=e2e",
        f"--data-dir={folder}/etcd",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=e2e={peer}",
        f"--cert-file={pki}/etcd.crt",
        f"--key-file={pki}/etcd.key",
        f"--trusted-ca-file={pki}/ca.crt",
        "--client-cert-auth",
        f"--peer-cert-file={pki}/etcd.crt",
        f"--peer-key-file={pki}/etcd.key",
        f"--peer-trusted-ca-file={pki}/ca.crt",
        "--peer-client-cert-auth",
        "--unsafe-no-fsync",
        "--log-level=warn",
    ]


def apiserver_flags(folder: pathlib.Path, etcd: str, port: int) -> list[str]:
    pki = folder / "pki"
    return [
        f"--etcd-servers={etcd}",
        f"--etcd-cafile={pki}/ca.crt",
        f"--etcd-certfile={pki}/kube-apiserver.crt",
        f"--etcd-keyfile={pki}/kube-apiserver.key",
        "--bind-address=127.0.0.1",
        f"--secure-port={port}",
        # It would refuse a loopback address; nothing connects to this one (TEST-NET-1).
        "--advertise-address=192.0.2.1",
        "--endpoint-reconciler-type=none",
        f"--tls-cert-file={pki}/kube-apiserver.crt",
        f"--tls-private-key-file={pki}/kube-apiserver.key",
        f"--client-ca-file={pki}/ca.crt",
        f"--token-auth-file={pki}/tokens.csv",
        "--authorization-mode=Node,RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={pki}/sa.pub",
        f"--service-account-signing-key-file={pki}/sa.key",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--allow-privileged=true",
        f"--audit-policy-file={folder}/audit-policy.yaml",
        f"--audit-log-path={folder}/logs/audit.log",
        "--default-not-ready-toleration-seconds=5",
        "--default-unreachable-toleration-seconds=5",
    ]


def controller_manager_flags(folder: pathlib.Path) -> list[str]:
    pki = folder / "pki"
    return [
        f"--kubeconfig={folder}/kube-controller-manager.kubeconfig",
        "--secure-port=0",
        "--leader-elect=false",
        f"--root-ca-file={pki}/ca.crt",
        f"--service-account-private-key-file={pki}/sa.key",
        "--use-service-account-credentials=true",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--concurrent-statefulset-syncs=20",
        "--concurrent-namespace-syncs=20",
        "--node-monitor-period=1s",
        "--node-monitor-grace-period=20s",
        "--pvclaimbinder-sync-period=2s",
    ]


def kwok_flags(folder: pathlib.Path, stages: pathlib.Path) -> list[str]:
    return [
        f"--kubeconfig={folder}/kwok.kubeconfig",
        *[f"--config={path}" for path in sorted(stages.glob("*.yaml"))],
        f"--manage-nodes-with-label-selector=!{GONE}",
        # Renewed every quarter of that; the controller manager gives a node 20 s.
        "--node-lease-duration-seconds=16",
        "--node-ip=192.0.2.1",
        "--cidr=10.244.0.0/16",
    ]


def _role(name: str, kind: str, subject: str, role: str) -> dict:
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": subject}],
    }


def _storage_class(name: str, provisioner: str, default: bool = False, grows: bool = False) -> dict:
    default_class = (
        {"annotations": {"storageclass.kubernetes.io/is-default-class": "true"}} if default else {}
    )
    return {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": name} | default_class,
        "provisioner": provisioner,
        "reclaimPolicy": "Delete",
        "volumeBindingMode": "Immediate",
        "allowVolumeExpansion": grows,
    }


def node(name: str, zone: str, number: int, labels: dict | None = None) -> dict:
    size = {"cpu": "64", "memory": "256Gi", "ephemeral-storage": "1Ti", "pods": "5000"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            "labels": {
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/os": "linux",
                "kubernetes.io/hostname": name,
                "topology.kubernetes.io/region": "here",
                "topology.kubernetes.io/zone": zone,
            }
            | (labels or {}),
        },
        "status": {
            "capacity": size,
            "allocatable": size,
            "addresses": [
                {"type": "InternalIP", "address": f"192.0.2.{number}"},
                {"type": "Hostname", "address": name},
            ],
        },
    }


def objects(folder: pathlib.Path) -> list[dict]:
    volumes = "e2e.kubectl-sts/volume"
    return [
        {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRole",
            "metadata": {"name": "e2e:coredns"},
            "rules": [
                {
                    "apiGroups": [""],
                    "resources": ["services", "pods", "namespaces"],
                    "verbs": ["list", "watch"],
                },
                {
                    "apiGroups": ["discovery.k8s.io"],
                    "resources": ["endpointslices"],
                    "verbs": ["list", "watch"],
                },
            ],
        },
        _role("e2e:coredns", "User", "coredns", "e2e:coredns"),
        _role("e2e:readers", "Group", "readers", "view"),
        _storage_class("standard", volumes, default=True),
        _storage_class("fast", volumes, grows=True),
        _storage_class("kwok-volume", volumes),
        _storage_class("pending", "e2e.kubectl-sts/never"),
        *[node(name, zone, 10 + number) for number, (name, zone) in enumerate(ZONES.items())],
        {  # where kubeadm puts it
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "coredns", "namespace": "kube-system"},
            "data": {"Corefile": (folder / "Corefile").read_text()},
        },
    ]
