"""Answers that are no success, or no answers."""

import gzip
import json

import hostile
from probe import Case

POD = {"metadata": {"name": "web-0", "namespace": "prod", "uid": "u", "resourceVersion": "7"}}


def status(code, reason, message, **details):
    return json.dumps({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                       "message": message, "reason": reason, "details": details, "code": code})


def always(code, body, headers=()):
    return lambda _, answer: answer.whole(code, body, headers)


class Answers(Case):
    def test_unauthorized(self):
        token = self.file("token", "s3cret-one")
        with self.server(always(401, status(401, "Unauthorized", "Unauthorized"))) as server:
            self.assert_fails(server, "error: You must be logged in to the server (Unauthorized)",
                              "the server did not accept this user's credentials: log in again, and "
                              "check with: kubectl auth whoami", "version", token=token)
            self.assertEqual(len(server.requests), 1)

    def test_unauthorized_with_other_credentials(self):
        def handler(request, answer):
            if request.headers["authorization"] != "Bearer s3cret-two":
                answer.whole(401, status(401, "Unauthorized", "Unauthorized"))
                return
            answer.whole(200, json.dumps(POD))
        tokens = {"token": self.file("one", "s3cret-one"), "next_token": self.file("two", "s3cret-two")}
        with self.server(handler) as server:
            for words in (["get", "pods", "prod", "web-0"], ["create", "pods", "prod", "{}"]):
                self.assertEqual(self.probe(server.url, *words, **tokens),
                                 (0, json.dumps(POD) + "\n", ""))

    def test_forbidden_for_each_verb(self):
        words = {"get": ["get", "pods", "prod", "web-0"],
                 "list": ["list", "pods", "prod"],
                 "watch": ["watch", "pods", "prod"],
                 "create": ["create", "pods", "prod", "{}"],
                 "patch": ["patch", "pods", "prod", "web-0", "{}"],
                 "delete": ["delete", "pods", "prod", "web-0"]}
        for verb, command in words.items():
            message = (f'pods is forbidden: User "jane" cannot {verb} resource "pods" in API group '
                       '"" in the namespace "prod"')

            def handler(request, answer, message=message, verb=verb):
                if verb == "watch" and "watch" not in request.query:
                    answer.whole(200, '{"kind":"PodList","metadata":{"resourceVersion":"1"},'
                                 '"items":[]}')
                    return
                answer.whole(403, status(403, "Forbidden", message, kind="pods"))
            with self.subTest(verb), self.server(handler) as server:
                code, _, err = self.probe(server.url, *command)
                self.assertEqual((code, err), (1, f"Error from server (Forbidden): {message}\n"
                                               "  fix: ask for this permission, and check with: "
                                               f"kubectl auth can-i {verb} pods -n prod\n"))

    def test_other_refusals(self):
        cases = [
            (404, "NotFound", 'pods "web-0" not found', {"name": "web-0", "kind": "pods"},
             "see what is there: kubectl get pods -n prod"),
            (404, "NotFound", "the server could not find the requested resource", {},
             "this server does not serve pods: see what it serves with kubectl api-resources, and "
             "check the path in the server's URL with kubectl config view --minify"),
            (409, "Conflict", "the object has been modified", {"name": "web-0"},
             "it was changed meanwhile: look at it, then run the command again: kubectl get pods "
             "web-0 -n prod"),
            (409, "AlreadyExists", 'pods "web-0" already exists', {"name": "web-0"},
             "look at the one that is there: kubectl get pods web-0 -n prod"),
            (429, "TooManyRequests", "too many requests", {},
             "the server is overloaded: try again later"),
            (500, "InternalError", "Internal error occurred: etcd is not there", {},
             "try again later; the server's own state: kubectl get --raw '/readyz?verbose'"),
        ]
        for code, reason, message, details, fix in cases:
            with self.subTest(message), self.server(
                    always(code, status(code, reason, message, **details))) as server:
                self.assert_fails(server, f"Error from server ({reason}): {message}", fix,
                                  "patch", "pods", "prod", "web-0", "{}")

    def test_retry_after_is_honoured(self):
        answers = iter([(429, ""), (503, ""), (200, json.dumps(POD))])

        def handler(_, answer):
            code, body = next(answers)
            answer.whole(code, body, [] if code == 200 else ["Retry-After: 0"])
        with self.server(handler) as server:
            self.assertEqual(self.probe(server.url, "patch", "pods", "prod", "web-0", "{}")[0], 0)
            self.assertEqual(len(server.requests), 3)

    def test_a_server_that_is_always_busy(self):
        with self.server(always(429, "busy", ["Retry-After: 0"])) as server:
            code, _, err = self.probe(server.url, "get", "pods", "prod", "web-0")
            self.assertEqual((code, len(server.requests)), (1, 11))
            self.assertTrue(err.startswith("Error from server (TooManyRequests): the server has "
                                           "received too many requests"), err)

    def test_a_write_is_never_sent_twice(self):
        def dies(_, answer):
            raise hostile.Closed
        with self.server(dies) as server:
            code, _, err = self.probe(server.url, "patch", "pods", "prod", "web-0", "{}")
            self.assertEqual((code, len(server.requests)), (1, 1))
            self.assertEqual(err, f"error: the connection to the server {server.host} broke (patch "
                             'pods "web-0"): EOF\n'
                             "  fix: run the command again; if it happens again, look at the API "
                             "server's log and at what stands between here and "
                             f"{server.host}\n")

    def test_a_read_is_sent_again(self):
        answers = iter([None, None, json.dumps(POD)])

        def handler(_, answer):
            body = next(answers)
            if body is None:
                raise hostile.Closed
            answer.whole(200, body)
        with self.server(handler) as server:
            self.assertEqual(self.probe(server.url, "get", "pods", "prod", "web-0")[0], 0)

    def test_truncated(self):
        fix = ("run the command again; if it happens again, look at what stands between here and the "
               "server: a proxy may cut or change answers")
        with self.server(always(200, '{"kind":"PodList","items":[{"meta')) as server:
            self.assert_fails(server, f"error: the answer of {server.host} cannot be read (list "
                              "pods): the list ends in the middle", fix, "list", "pods", "prod")
            self.assert_fails(server, f"error: the answer of {server.host} cannot be read (get pods "
                              '"web-0"): it is no complete JSON object', fix,
                              "get", "pods", "prod", "web-0")
        with self.server(always(200, "<html>please log in</html>")) as server:
            self.assert_fails(server, f"error: the answer of {server.host} cannot be read (list "
                              "pods): it is no JSON object", fix, "list", "pods", "prod")

    def test_closed_in_the_middle_of_an_object(self):
        def by_length(_, answer):
            answer.head(200, length=1000)
            answer.raw(b'{"kind":"PodList","items":[{"metadata":{"name":"a"')
            raise hostile.Closed

        def by_chunk(_, answer):
            answer.head(200, chunked=True)
            answer.chunk('{"kind":"PodList","items":[{"metadata":{"name":"a"')
            raise hostile.Closed
        for handler in (by_length, by_chunk):
            with self.server(handler) as server:
                self.assert_fails(server, f"error: the connection to the server {server.host} broke "
                                  "(list pods): unexpected EOF",
                                  "run the command again; if it happens again, look at the API "
                                  "server's log and at what stands between here and "
                                  f"{server.host}", "list", "pods", "prod")

    def test_a_server_that_never_answers(self):
        fix = ("run the command again, where the server is slow with a longer --request-timeout; its "
               "own state: kubectl get --raw '/readyz?verbose'")

        def never(_, answer):
            server.hang()

        def begins(_, answer):
            answer.head(200, length=100)
            answer.raw(b"{")
            server.hang()
        with self.server(never) as server:
            self.assert_fails(server, f"error: {server.host} sent no response within 0.3 s (list "
                              "pods)", fix, "list", "pods", "prod", timeout=300)
            self.assert_fails(server, f"error: {server.host} sent no response within 0.2 s (get "
                              "/version)", fix, "version", patience=200)
        with self.server(begins) as server:
            self.assert_fails(server, f"error: {server.host} sent no more of its response within 3 "
                              's (get pods "web-0")', fix, "get", "pods", "prod", "web-0",
                              patience=3000)

    def test_redirects_are_not_followed(self):
        with self.server(always(302, "", ["Location: https://login.example.com/"])) as server:
            self.assert_fails(server, "Error from server: the server answered with HTTP status 302 "
                              "and no explanation (GET pods web-0)",
                              "this is no API server, or one behind a login page: check the server's "
                              "URL with kubectl config view --minify", "get", "pods", "prod", "web-0")

    def test_compressed(self):
        def handler(request, answer):
            self.assertEqual(request.headers["accept-encoding"], "gzip")
            answer.whole(200, gzip.compress(json.dumps(POD).encode()), ["Content-Encoding: gzip"])
        with self.server(handler) as server:
            self.assertEqual(self.probe(server.url, "get", "pods", "prod", "web-0"),
                             (0, json.dumps(POD) + "\n", ""))
        with self.server(always(200, "no gzip", ["Content-Encoding: gzip"])) as server:
            code, _, err = self.probe(server.url, "get", "pods", "prod", "web-0")
            self.assertEqual((code, err.splitlines()[0]),
                             (1, "Unable to connect to the server: net/http: malformed HTTP response"))

    def test_what_a_write_sends(self):
        with self.server(always(200, json.dumps(POD))) as server:
            self.probe(server.url, "patch", "pods", "prod", "web-0", '{"spec":{}}', "u", "7", **{"as": "jane"})
            self.probe(server.url, "delete", "pods", "prod", "web-0", "u")
            patch, delete = server.requests
            self.assertEqual((patch.line, json.loads(patch.body)),
                             ("PATCH /api/v1/namespaces/prod/pods/web-0?fieldManager=kubectl-sts "
                              "HTTP/1.1",
                              {"spec": {}, "metadata": {"uid": "u", "resourceVersion": "7"}}))
            self.assertEqual(patch.headers["content-type"], "application/merge-patch+json")
            self.assertEqual(patch.headers["impersonate-user"], "jane")
            self.assertEqual(json.loads(delete.body)["preconditions"], {"uid": "u"})
            self.assertNotIn("expect", patch.headers)

    def test_a_token_that_would_be_two_headers(self):
        token = self.file("token", "s3cret\nImpersonate-User: admin")
        with self.server(always(200, "{}")) as server:
            self.assert_fails(server, 'error: net/http: invalid header field value for "Authorization"',
                              "check this user's credentials: kubectl config view --minify",
                              "version", token=token)
            self.assertEqual(server.requests, [])

    def test_secrets_stay_inside(self):
        token = self.file("token", "s3cret-token")
        for handler in (always(401, "s"), always(500, "s"), always(200, "{")):
            with self.server(handler) as server:
                code, out, err = self.probe(server.url, "get", "pods", "prod", "web-0", token=token)
                self.assertEqual(server.requests[0].headers["authorization"], "Bearer s3cret-token")
                self.assertEqual((code, out), (1, ""))
                self.assertNotIn("s3cret", err)
