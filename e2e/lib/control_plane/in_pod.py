"""Runs a command where DNS is as in a pod: a resolv.conf with the cluster's search list, and a server on
127.0.0.1:53 that is the cluster's CoreDNS. Both exist for that command alone, in a network and a mount
namespace of its own, so that nothing of the machine changes.

As a program (in_pod.py FD RESOLV_CONF COMMAND...) it is the part inside: FD is a socket that was connected
to CoreDNS outside, and stays so.
"""

import functools
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading

DOMAIN = "cluster.local"


def resolv_conf(namespace: str) -> str:
    """As a kubelet writes it for dnsPolicy ClusterFirst (on a node without search domains)."""
    return f"search {namespace}.svc.{DOMAIN} svc.{DOMAIN} {DOMAIN}\nnameserver 127.0.0.1\noptions ndots:5\n"


def _unshare() -> list[str]:
    return ["unshare", "--mount", "--net"] + ([] if os.geteuid() == 0 else ["--map-root-user"])


@functools.cache
def why_not() -> str:
    """Empty where it works; else what keeps it from working on this machine."""
    done = subprocess.run(
        [*_unshare(), "mount", "--bind", "/dev/null", "/etc/resolv.conf"], capture_output=True, text=True
    )
    return "" if done.returncode == 0 else f"no namespaces of its own without root: {done.stderr.strip()}"


def run(dns_port: int, namespace: str, *command: str) -> subprocess.CompletedProcess:
    """stdout holds both outputs. The command is ended after 60 s."""
    with socket.socket(type=socket.SOCK_DGRAM) as link, tempfile.NamedTemporaryFile(
        "w", prefix="resolv"
    ) as file:
        link.connect(("127.0.0.1", dns_port))
        file.write(resolv_conf(namespace))
        file.flush()
        inside = [sys.executable, __file__, str(link.fileno()), file.name, *command]
        return subprocess.run(
            [*_unshare(), *inside],
            pass_fds=[link.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )


def _raise_loopback() -> None:
    import fcntl

    SIOCSIFFLAGS, IFF_UP = 0x8914, 1
    with socket.socket(type=socket.SOCK_DGRAM) as link:
        fcntl.ioctl(link, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def _relay(server: socket.socket, upstream: socket.socket) -> None:
    asked: dict[bytes, tuple] = {}

    def answers() -> None:
        while True:
            message = upstream.recv(65535)
            # Programs ask with one id at a time, or with one for all: the question tells them apart.
            who = asked.pop(message[:2] + _question(message), None)
            if who is not None:
                server.sendto(message, who)

    threading.Thread(target=answers, daemon=True).start()
    while True:
        message, who = server.recvfrom(65535)
        asked[message[:2] + _question(message)] = who
        upstream.send(message)


def _question(message: bytes) -> bytes:
    end = message.index(b"\0", 12) + 5
    return message[12:end].lower()


def _main() -> int:
    descriptor, conf, *command = sys.argv[1:]
    _raise_loopback()
    subprocess.run(["mount", "--bind", conf, str(pathlib.Path("/etc/resolv.conf").resolve())], check=True)
    server = socket.socket(type=socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    upstream = socket.socket(fileno=int(descriptor))
    threading.Thread(target=_relay, args=(server, upstream), daemon=True).start()
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(_main())
