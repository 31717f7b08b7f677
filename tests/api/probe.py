"""Runs the probe (probe.cc) against a server of hostile.py."""

import os
import signal
import subprocess
import unittest

import hostile

PROBE = os.environ.get("STS_API_PROBE", "build/tests/api_probe")


class Case(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = hostile.temporary_folder()
        cls.authority = hostile.Authority(cls.folder.name, "cluster")
        cls.certificate = cls.authority.issue("server")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def server(self, handler, **how):
        how.setdefault("certificate", self.certificate)
        return hostile.Server(handler, **how)

    def words(self, url, *words, **flags):
        flags = {"server": url, "ca": self.authority.cert, **flags}
        command = [PROBE]
        for name, value in flags.items():
            if value is not None:
                command += ["--" + name.replace("_", "-"), str(value)]
        return command + [str(word) for word in words]

    def probe(self, url, *words, **flags):
        """(exit code, stdout, stderr)"""
        run = subprocess.run(self.words(url, *words, **flags), capture_output=True, text=True,
                             timeout=60, check=False)
        return run.returncode, run.stdout, run.stderr

    def assert_fails(self, server, message, fix, *words, **flags):
        url = server if isinstance(server, str) else server.url
        code, out, err = self.probe(url, *words, **flags)
        self.assertEqual(err, f"{message}\n  fix: {fix}\n")
        self.assertEqual((code, out), (1, ""))

    def start(self, url, *words, **flags):
        process = subprocess.Popen(self.words(url, *words, **flags), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def assert_interrupted(self, process, number=signal.SIGINT):
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        self.assertEqual((process.returncode, err), (130, "interrupted\n"))
        return out
