"""Long lists, watches, and stopping in the middle of everything."""

import json
import os
import signal

import hostile
from probe import Case

ITEMS = 10_000


def pod(number, padding=""):
    return json.dumps({"metadata": {"name": f"web-{number}", "namespace": "prod", "uid": f"u{number}",
                                    "resourceVersion": str(number + 1),
                                    "annotations": {"note": padding}}})


def page(items, token="", version="99999"):
    return ('{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"' + version +
            '","continue":"' + token + '"},"items":[' + ",".join(items) + "]}")


def event(kind, item):
    return '{"type":"' + kind + '","object":' + item + "}\n"


GONE = json.dumps({"kind": "Status", "code": 410, "reason": "Expired", "message": "too old"})


class Lists(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = [pod(number, "x" * 2000) for number in range(ITEMS)]

    def handler(self, expire_at=None):
        def handle(request, answer):
            limit = int(request.query.get("limit", ITEMS))
            begin = int(request.query.get("continue", 0))
            if expire_at is not None and begin >= expire_at:
                answer.whole(410, GONE)
                return
            end = min(begin + limit, ITEMS)
            answer.whole(200, page(self.items[begin:end], str(end) if end < ITEMS else ""))
        return handle

    def assert_lists_all(self, server, restarts, **flags):
        code, out, err = self.probe(server.url, "list", "pods", "prod", **flags)
        self.assertEqual((code, err), (0, ""))
        lines = out.splitlines()
        self.assertEqual(lines[0], f"{ITEMS} of {ITEMS} at 99999, {restarts} restarts")
        return int(lines[1].split()[1])

    def test_ten_thousand_objects_in_32_mb(self):
        with self.server(self.handler()) as server:
            peak = self.assert_lists_all(server, 0)
            self.assertEqual(len(server.requests), ITEMS / 500)
            one_page = self.assert_lists_all(server, 0, page_size=0)
            if "STS_SANITIZED" not in os.environ:
                self.assertLess(peak, 32 * 1024)
                self.assertLess(one_page, 32 * 1024)

    def test_tokens_that_expire(self):
        for expire_at in (500, 9500):
            with self.subTest(expire_at), self.server(self.handler(expire_at)) as server:
                self.assert_lists_all(server, 1)
                self.assertNotIn("limit", server.requests[-1].query)


class Watches(Case):
    def follow(self, *watches):
        """A server of one object that answers each watch as the next of these says."""
        left = list(watches)

        def handler(request, answer):
            if "watch" not in request.query:
                answer.whole(200, page([pod(0)], version="10"))
                return
            # A slow machine may need the last one twice.
            (left.pop(0) if len(left) > 1 else left[0])(answer)
        return handler

    def events(self, *texts):
        def handler(answer):
            answer.head(200, chunked=True)
            for text in texts:
                answer.chunk(text)
            self.server_here.hang()
        return handler

    def assert_sees(self, lines, *watches, **flags):
        with self.server(self.follow(*watches)) as server:
            self.server_here = server
            process = self.start(server.url, "watch", "pods", "prod", **flags)
            seen = [process.stdout.readline().rstrip("\n").replace(server.host, "HOST")
                    for _ in lines]
            self.assertEqual(seen, lines)
            self.assert_interrupted(process)
            return server.requests

    def test_events(self):
        cut = event("MODIFIED", pod(1))
        self.assert_sees(["added web-0 1", "synced", "added web-1 2", "modified web-1 3", "deleted web-0 1"],
                         self.events(event("ADDED", pod(1)) + cut.replace('"2"', '"3"')[:20],
                                     cut.replace('"2"', '"3"')[20:], event("DELETED", pod(0))))

    def test_silent_death_is_found_and_resumed(self):
        requests = self.assert_sees(
            ["added web-0 1", "synced", "added web-1 2", "added web-2 3"],
            self.events(event("ADDED", pod(1))), self.events(event("ADDED", pod(2))), silence=500)
        self.assertEqual(requests[2].query["resourceVersion"], "2")

    def test_one_that_never_sends(self):
        self.assert_sees(
            ["added web-0 1", "synced",
             "trouble error: HOST sent no response within 3 s (watch pods)",
             "recovered", "added web-2 3"],
            lambda _: self.server_here.hang(), self.events(event("ADDED", pod(2))), patience=3000)

    def test_closed_in_the_middle_of_an_object(self):
        def cut(answer):
            answer.head(200, chunked=True)
            answer.chunk(event("ADDED", pod(1)) + event("ADDED", pod(2))[:30])
            raise hostile.Closed
        self.assert_sees(
            ["added web-0 1", "synced", "added web-1 2",
             "trouble error: the connection to the server HOST broke (watch pods): unexpected EOF",
             "recovered", "added web-2 3"],
            cut, self.events(event("ADDED", pod(2))))

    def test_forgotten(self):
        def gone(answer):
            answer.head(200, chunked=True)
            answer.chunk(event("ERROR", GONE))
            answer.last_chunk()
        requests = self.assert_sees(["added web-0 1", "synced", "synced", "added web-1 2"],
                                    gone, self.events(event("ADDED", pod(1))))
        self.assertEqual(["watch" in request.query for request in requests],
                         [False, True, False, True])


class Interrupts(Case):
    def interrupt(self, server, condition, *words, number=signal.SIGINT, **flags):
        process = self.start(server.url, *words, **flags)
        server.wait_for(condition)
        self.assert_interrupted(process, number)
        # The connection is closed, not left to time out.
        server.wait_for(lambda: server.gone == server.connected)

    def test_in_the_handshake(self):
        with self.server(None, handshake=False) as server:
            process = self.start(server.url, "version")
            server.wait_for(lambda: server.connected == 1)
            self.assert_interrupted(process)

    def test_before_the_answer(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for words in (["version"], ["list", "pods", "prod"], ["patch", "pods", "a", "b", "{}"]):
                def silent(_, answer):
                    # Reading tells us that the peer is gone.
                    answer.connection.recv(1)
                with self.server(silent) as server:
                    self.interrupt(server, lambda: len(server.requests) == 1, *words, number=number)

    def test_in_the_middle_of_a_list(self):
        def begins(_, answer):
            answer.head(200, length=10_000)
            answer.raw(page([pod(1), pod(2)])[:-1].encode())
            answer.connection.recv(1)
        with self.server(begins) as server:
            self.interrupt(server, lambda: len(server.requests) == 1, "list", "pods", "prod")

    def test_while_the_server_pours(self):
        def pours(_, answer):
            answer.head(200, chunked=True)
            answer.chunk('{"kind":"PodList","items":[' + pod(1))
            while True:
                answer.chunk(("," + pod(2)) * 100)
        with self.server(pours) as server:
            self.interrupt(server, lambda: len(server.requests) == 1, "list", "pods", "prod")

    def test_in_a_pause_that_the_server_asked_for(self):
        def busy(_, answer):
            answer.whole(429, "", ["Retry-After: 1000", "Connection: close"])
            raise hostile.Closed
        with self.server(busy) as server:
            self.interrupt(server, lambda: server.gone == 1, "version")

    def test_a_watch(self):
        def watch(request, answer):
            if "watch" not in request.query:
                answer.whole(200, page([], version="10"))
                return
            answer.head(200, chunked=True)
            answer.connection.recv(1)
        with self.server(watch) as server:
            self.interrupt(server, lambda: len(server.requests) == 2, "watch", "pods", "prod")

    def test_no_core_holds_a_key(self):
        def silent(_, answer):
            server.hang()
        with self.server(silent) as server:
            process = self.start(server.url, "version")
            server.wait_for(lambda: len(server.requests) == 1)
            with open(f"/proc/{process.pid}/limits", encoding="utf-8") as limits:
                core = [line.split() for line in limits if line.startswith("Max core")]
            self.assertEqual(core[0][4:6], ["0", "0"])
            process.send_signal(signal.SIGABRT)
            process.wait(timeout=30)
            self.assertEqual(process.returncode, -signal.SIGABRT)
