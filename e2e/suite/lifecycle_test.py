"""Clusters come, go, and leave nothing behind."""

import os
import secrets
import signal
import socket
import subprocess
import unittest

from control_plane import places, processes
from control_plane.cluster import Cluster

COMMAND = str(places.ROOT / "e2e/cluster")


class Lifecycle(unittest.TestCase):
    def setUp(self):
        self.cluster = Cluster(f"test-{os.getpid()}-{secrets.token_hex(3)}")
        self.addCleanup(self.cluster.down)

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [COMMAND, "up", self.cluster.name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def records(self) -> list[str]:
        return [path.read_text() for path in (self.cluster.folder / "pids").glob("*") if "." not in path.name]

    def test_up_and_down(self):
        command = self.start()
        output, _ = command.communicate(timeout=400)
        self.assertEqual(command.returncode, 0, output)
        self.assertIn(f"export KUBECONFIG={self.cluster.kubeconfig}", output)
        self.assertEqual(self.cluster.folder.stat().st_mode & 0o777, 0o700)
        records = self.records()
        ports = self.cluster.facts["ports"]
        self.assertEqual(len(records), 6)

        # What listens, listens on 127.0.0.1 and nowhere else.
        mine = {int(record.split()[0]) for record in records}
        listening = sockets_of(mine)
        self.assertEqual(sorted({address for address, _ in listening}), ["127.0.0.1"])
        self.assertEqual(sorted({port for _, port in listening}), sorted(ports.values()))

        again = subprocess.run([COMMAND, "up", self.cluster.name], capture_output=True, text=True)
        self.assertIn("up already", again.stdout)
        self.assertEqual(self.records(), records)
        other = subprocess.run(
            [COMMAND, "up", self.cluster.name, "--version", places.versions()[-1]],
            capture_output=True,
            text=True,
        )
        self.assertEqual(other.returncode, 1)
        self.assertIn("is up with Kubernetes", other.stderr)

        subprocess.run([COMMAND, "down", self.cluster.name], check=True, capture_output=True)
        self.assertFalse(self.cluster.folder.exists())
        self.assertEqual([record for record in records if processes.lives(record)], [])
        for port in ports.values():
            with socket.socket() as link:
                self.assertNotEqual(link.connect_ex(("127.0.0.1", port)), 0, port)

    def test_killed_while_it_comes_up(self):
        command = self.start()
        processes.wait_until("the API server is started", lambda: len(self.records()) >= 2, 200)
        os.kill(command.pid, signal.SIGKILL)
        command.communicate()
        records = self.records()
        self.assertTrue(any(processes.lives(record) for record in records))
        subprocess.run([COMMAND, "down", self.cluster.name], check=True, capture_output=True)
        self.assertEqual([record for record in records if processes.lives(record)], [])
        self.assertFalse(self.cluster.folder.exists())

    def test_interrupted_while_it_comes_up(self):
        command = self.start()
        processes.wait_until("the API server is started", lambda: len(self.records()) >= 2, 200)
        records = self.records()
        command.send_signal(signal.SIGTERM)
        command.communicate(timeout=120)
        self.assertEqual(command.returncode, 143)
        self.assertEqual([record for record in records if processes.lives(record)], [])
        self.assertFalse(self.cluster.folder.exists())

    def test_another_process_of_the_same_id_is_left_alone(self):
        other = subprocess.Popen(["sleep", "60"])
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        pids = self.cluster.folder / "pids"
        pids.mkdir(parents=True)
        pid, start, boot = processes.identity(other.pid).split()
        (pids / "etcd").write_text(f"{pid} {int(start) - 1} {boot}")
        (pids / "kwok").write_text(f"{pid} {start} of-another-boot")
        self.assertEqual(processes.end_all(self.cluster.folder), [])
        self.assertIsNone(other.poll())
        (pids / "kwok").write_text(f"{pid} {start} {boot}")
        self.assertEqual(processes.end_all(self.cluster.folder), ["kwok"])
        self.assertEqual(other.wait(), -signal.SIGKILL)


def sockets_of(pids: set[int]) -> set[tuple[str, int]]:
    """The TCP sockets on which these processes listen, and their UDP sockets."""
    inodes = set()
    for pid in pids:
        for entry in os.listdir(f"/proc/{pid}/fd"):
            try:
                target = os.readlink(f"/proc/{pid}/fd/{entry}")
            except FileNotFoundError:
                continue
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    found = set()
    for table, listens in (("tcp", "0A"), ("tcp6", "0A"), ("udp", "07"), ("udp6", "07")):
        with open(f"/proc/net/{table}") as lines:
            for fields in (line.split() for line in lines):
                if len(fields) > 9 and fields[9] in inodes and fields[3] == listens:
                    address, port = fields[1].split(":")
                    text = address if len(address) > 8 else socket.inet_ntoa(bytes.fromhex(address)[::-1])
                    found.add((text, int(port, 16)))
    return found
