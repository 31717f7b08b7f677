"""One control plane: brought up, described, taken down."""

import contextlib
import fcntl
import json
import os
import pathlib
import random
import secrets
import shutil
import socket
import subprocess
import time

from . import certificates, dns, furniture, places, processes
from .client import Client

DOMAIN = "cluster.local"
PROGRAMS = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "coredns")


class Broken(Exception):
    """A cluster that does not come up; the message says why."""


def _is_at(path: pathlib.Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def _locked(name: str):
    """One `up` or `down` of a cluster at a time. The kernel gives the lock back when its holder dies."""
    path = places.runs() / f".{name}.lock"
    while True:
        with open(path, "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Whoever held it may have removed the file, and the next one then locks another.
            if not _is_at(path, lock.fileno()):
                continue
            try:
                yield
            finally:
                if not (places.runs() / name).exists():
                    path.unlink()
            return


def _free_ports(count: int) -> list[int]:
    """Ports below the range that the kernel gives to clients, so that none of those takes one meanwhile."""
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(20000, 32000)
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            try:
                tcp.bind(("127.0.0.1", port))
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found


class Cluster:
    """The cluster of a name; its folder holds all that there is of it."""

    def __init__(self, name: str):
        self.name = name
        self.folder = places.runs() / name
        self._client: Client | None = None

    # What a running one is like.

    @property
    def facts(self) -> dict:
        """version, ports, programs and tokens; empty while it is not up."""
        try:
            return json.loads((self.folder / "cluster.json").read_text())
        except FileNotFoundError:
            return {}

    @property
    def version(self) -> str:
        return self.facts["version"]

    @property
    def minor(self) -> int:
        return int(self.version.split(".")[1])

    @property
    def kubeconfig(self) -> pathlib.Path:
        return self.folder / "kubeconfig"

    @property
    def dns_port(self) -> int:
        return self.facts["ports"]["coredns"]

    @property
    def audit_log(self) -> pathlib.Path:
        return self.folder / "logs" / "audit.log"

    @property
    def client(self) -> Client:
        """As the administrator."""
        if self._client is None:
            pki = self.folder / "pki"
            self._client = Client(self.facts["ports"]["kube-apiserver"], pki / "ca.crt", pki / "admin")
        return self._client

    def environment(self) -> dict[str, str]:
        """What a command needs to use the cluster: KUBECONFIG, and its own kubectl on PATH."""
        return os.environ | {
            "KUBECONFIG": str(self.kubeconfig),
            "KUBECACHEDIR": str(self.folder / "kubectl-cache"),
            "PATH": os.pathsep.join(
                [self.facts["programs"]["kubectl"].rsplit("/", 1)[0], os.environ["PATH"]]
            ),
        }

    def kubectl(self, *args, stdin: str | None = None, check: bool = True) -> subprocess.CompletedProcess:
        command = [self.facts["programs"]["kubectl"], *map(str, args)]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",  # what is no UTF-8 reaches it as it is
            env=self.environment(),
        )
        if check and done.returncode != 0:
            raise AssertionError(
                f"kubectl {' '.join(command[1:])}: exit {done.returncode}\n{done.stderr}{done.stdout}"
            )
        return done

    def resolve(self, name: str, kind: str = "A") -> dns.Answer:
        return dns.query(self.dns_port, name, kind)

    # Its life.

    def up(self, version: str, owner: str = "") -> float:
        """Brings it up, unless it is; returns the seconds that it took. With an `owner` (the identity of a
        process) it may be taken down by others once that process is gone."""
        with _locked(self.name):
            if self.facts and set(processes.living(self.folder)) == set(PROGRAMS):
                if self.version != version:
                    raise Broken(
                        f"cluster {self.name} is up with Kubernetes {self.version}, not {version}: "
                        "take it down first, or give another name"
                    )
                return 0.0
            built = places.programs(version)
            for attempt in (1, 2, 3):
                self._remove()
                start = time.monotonic()
                try:
                    self._start(version, built, owner)
                    return time.monotonic() - start
                except (Broken, TimeoutError) as error:
                    # Another program may have taken a port between our look and its use.
                    taken = "address already in use" in str(error)
                    if not taken or attempt == 3:
                        processes.end_all(self.folder)
                        raise Broken(f"{error}\nlogs: {self.folder}/logs") from None
                except BaseException:
                    self._remove()
                    raise
        raise AssertionError("not reached")

    def down(self) -> bool:
        """Ends its processes and removes its folder; False where there was nothing."""
        with _locked(self.name):
            return self._remove()

    def _remove(self) -> bool:
        self._client = None
        if not self.folder.exists():
            return False
        processes.end_all(self.folder)
        # A program that was being started when its starter was killed may still write.
        for _ in range(5):
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                return True
            time.sleep(0.1)
        shutil.rmtree(self.folder)
        return True

    def _start(self, version: str, built: list[pathlib.Path], owner: str) -> None:
        self.folder.mkdir(mode=0o700)
        (self.folder / "owner").write_text(owner)
        pki = self.folder / "pki"
        pki.mkdir()
        names = ("etcd", "peer", "kube-apiserver", "coredns")
        ports = dict(zip(names, _free_ports(len(names))))
        programs = {path.name: str(path) for folder in built for path in folder.iterdir()}
        minor = int(version.split(".")[1])

        etcd = f"https://127.0.0.1:{ports['etcd']}"
        server = f"https://127.0.0.1:{ports['kube-apiserver']}"
        certificates.make_authority(pki)
        certificates.issue(pki, "etcd", "/CN=etcd", "IP:127.0.0.1")
        certificates.issue(
            pki,
            "kube-apiserver",
            "/CN=kube-apiserver",
            f"IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default.svc.{DOMAIN}",
        )
        for user, subject in furniture.CERTIFICATE_USERS.items():
            certificates.issue(pki, user, subject)
            if user not in furniture.PEOPLE:
                context = {"user": furniture.certificate_of(pki, user)}
                furniture.write_kubeconfig(
                    self.folder / f"{user}.kubeconfig", server, pki, {user: context}, user
                )
        tokens = {user: secrets.token_hex(16) for user in furniture.TOKEN_USERS}
        furniture.write_people_kubeconfig(self.kubeconfig, server, pki, tokens)
        furniture.write_files(self.folder, ports, tokens)

        started: dict[str, subprocess.Popen] = {}

        def launch(program: str, *flags: str) -> None:
            started[program] = processes.launch(self.folder, program, [programs[program], *flags])

        def all_run() -> None:
            for name, process in started.items():
                if process.poll() is not None:
                    raise Broken(
                        f"{name} ended with {process.returncode}:\n{processes.last_words(self.folder, name)}"
                    )

        def wait(what: str, probe, seconds: float = 180) -> None:
            try:
                processes.wait_until(what, probe, seconds, all_run)
            except TimeoutError as error:
                said = [f"{name}:\n{processes.last_words(self.folder, name, 5)}" for name in started]
                raise TimeoutError("\n".join([str(error), *said])) from None

        launch("etcd", *furniture.etcd_flags(self.folder, etcd, f"https://127.0.0.1:{ports['peer']}"))
        launch("kube-apiserver", *furniture.apiserver_flags(self.folder, etcd, ports["kube-apiserver"]))
        client = Client(ports["kube-apiserver"], pki / "ca.crt", pki / "admin")
        # While it starts, it may take a connection and never answer on it.
        impatient = Client(ports["kube-apiserver"], pki / "ca.crt", pki / "admin", seconds=5)
        wait("kube-apiserver is ready", lambda: _answers(impatient, "/readyz"))

        launch("kube-controller-manager", *furniture.controller_manager_flags(self.folder))
        launch("kube-scheduler", f"--config={self.folder}/scheduler.yaml", "--secure-port=0")
        wait("its namespaces are there", lambda: client.get("v1", "Namespace", None, "kube-system"))
        for body in furniture.objects(self.folder):
            client.ensure(body)
        launch("kwok", *furniture.kwok_flags(self.folder, places.ROOT / "e2e/stages"))
        launch("coredns", "-conf", f"{self.folder}/Corefile")

        facts = {
            "version": version,
            "server": server,
            "ports": ports,
            "programs": programs,
            "maxUnavailable": minor >= 35,
        }
        wait(
            "the namespace default has its ServiceAccount",
            lambda: client.get("v1", "ServiceAccount", "default", "default"),
        )
        wait("all nodes are Ready", lambda: all(map(node_is_ready, client.list("v1", "Node"))))
        wait(
            "CoreDNS knows the cluster",
            lambda: _resolves(ports["coredns"], f"kubernetes.default.svc.{DOMAIN}"),
        )
        part = self.folder / "cluster.json.part"
        part.write_text(json.dumps(facts, indent=2))
        part.rename(self.folder / "cluster.json")


def node_is_ready(node: dict) -> bool:
    conditions = node.get("status", {}).get("conditions", [])
    return any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)


def _answers(client: Client, path: str) -> bool:
    try:
        client.request("GET", path)
        return True
    except Exception:  # refused, not yet TLS, 500 while it starts: all mean "not yet"
        return False


def _resolves(port: int, name: str) -> bool:
    try:
        return dns.query(port, name, seconds=0.5).resolves
    except OSError:
        return False


def all_clusters() -> list[Cluster]:
    return [Cluster(path.name) for path in sorted(places.runs().iterdir()) if path.is_dir()]


def remove_orphans() -> list[str]:
    """Takes down the clusters of test runs that were killed."""
    removed = []
    for cluster in all_clusters():
        try:
            owner = (cluster.folder / "owner").read_text()
        except FileNotFoundError:
            continue
        if owner and not processes.lives(owner):
            cluster.down()
            removed.append(cluster.name)
    return removed
