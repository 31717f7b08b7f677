"""The API server as a Python object: requests with JSON bodies over TLS, one connection a thread.

For what tests ask hundreds of times; what a user would type goes through kubectl.
"""

import http.client
import json
import pathlib
import ssl
import threading
import urllib.parse

_PLURALS = {
    "Endpoints": "endpoints",
    "StorageClass": "storageclasses",
    "NetworkPolicy": "networkpolicies",
    "Ingress": "ingresses",
}
_CLUSTER_SCOPED = {
    "Namespace",
    "Node",
    "PersistentVolume",
    "StorageClass",
    "ClusterRole",
    "ClusterRoleBinding",
    "PriorityClass",
    "CustomResourceDefinition",
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
}


class ApiError(Exception):
    """An answer of the API server that is no success; `status` is its Status object, if it sent one."""

    def __init__(self, code: int, status):
        self.code = code
        self.status = status
        message = status.get("message") if isinstance(status, dict) else None
        super().__init__(f"{code}: {message or status}")


def resource_path(api_version: str, kind: str, namespace: str | None, name: str | None = None) -> str:
    plural = _PLURALS.get(kind, kind.lower() + "s")
    path = ("/api/" if "/" not in api_version else "/apis/") + api_version
    if kind not in _CLUSTER_SCOPED and namespace:
        path += f"/namespaces/{urllib.parse.quote(namespace, safe='')}"
    path += "/" + plural
    return path + (f"/{urllib.parse.quote(name, safe='')}" if name else "")


class Client:
    """`certificate` is a prefix: NAME.crt and NAME.key beside each other. `seconds` is for each answer."""

    def __init__(self, port: int, authority: pathlib.Path, certificate: pathlib.Path, seconds: float = 60):
        self._port = port
        self._seconds = seconds
        self._tls = ssl.create_default_context(cafile=authority)
        self._tls.load_cert_chain(f"{certificate}.crt", f"{certificate}.key")
        self._local = threading.local()

    def request(self, method: str, path: str, body=None, content_type="application/json", query=None):
        """The decoded answer (text where it is not JSON); ApiError for anything but a success."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        data = body if body is None or isinstance(body, (str, bytes)) else json.dumps(body)
        headers = {"Accept": "application/json"} | (
            {"Content-Type": content_type} if data is not None else {}
        )
        for last in (False, True):
            connection = getattr(self._local, "connection", None)
            fresh = connection is None
            if fresh:
                connection = http.client.HTTPSConnection(
                    "127.0.0.1", self._port, context=self._tls, timeout=self._seconds
                )
                self._local.connection = connection
            try:
                connection.request(method, path, data, headers)
                answer = connection.getresponse()
                text = answer.read().decode()
                break
            except (http.client.HTTPException, ConnectionError):
                # A kept connection may have been closed since; a fresh one tells the truth.
                self._local.connection = None
                if fresh or last:
                    raise
            except OSError:
                self._local.connection = None  # its answer may still come, and would be taken for another's
                raise
        parsed = text
        if answer.headers.get_content_type() == "application/json":
            parsed = json.loads(text)
        if answer.status >= 300:
            raise ApiError(answer.status, parsed)
        return parsed

    def get(self, api_version: str, kind: str, namespace: str | None, name: str):
        """The object, or None where there is none."""
        try:
            return self.request("GET", resource_path(api_version, kind, namespace, name))
        except ApiError as error:
            if error.code == 404:
                return None
            raise

    def list(self, api_version: str, kind: str, namespace: str | None = None, **query) -> list:
        return self.request("GET", resource_path(api_version, kind, namespace), query=query)["items"]

    def create(self, body: dict, namespace: str | None = None, **query) -> dict:
        where = body["metadata"].get("namespace", namespace)
        path = resource_path(body["apiVersion"], body["kind"], where)
        return self.request("POST", path, body, query={"fieldValidation": "Strict"} | query)

    def ensure(self, body: dict, namespace: str | None = None) -> None:
        """Creates it, unless it is there."""
        try:
            self.create(body, namespace)
        except ApiError as error:
            if error.code != 409:
                raise

    def patch(
        self, api_version: str, kind: str, namespace: str | None, name: str, body: dict, **query
    ) -> dict:
        """A JSON merge patch."""
        path = resource_path(api_version, kind, namespace, name)
        return self.request("PATCH", path, body, "application/merge-patch+json", query)

    def delete(self, api_version: str, kind: str, namespace: str | None, name: str, **options) -> None:
        path = resource_path(api_version, kind, namespace, name)
        self.request("DELETE", path, {"apiVersion": "v1", "kind": "DeleteOptions"} | options)
