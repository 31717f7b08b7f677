"""A local HTTPS server that plays an API server, well or badly, for the tests beside it."""

import contextlib
import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading

CONFIG = """
[ca]
default_ca = here
[here]
dir = {dir}
database = $dir/index.txt
serial = $dir/serial
new_certs_dir = $dir
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
"""


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


class Authority:
    """A throw-away CA, and certificates by it."""

    def __init__(self, folder, name):
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir()
        self.cert = self.folder / "ca.pem"
        self.key = self.folder / "ca.key"
        (self.folder / "index.txt").touch()
        (self.folder / "serial").write_text("01\n")
        self.config = self.folder / "openssl.cnf"
        self.config.write_text(CONFIG.format(dir=self.folder))
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", self.key, "-out", self.cert, "-subj", f"/CN={name}", "-days", "2")

    def issue(self, name, names="IP:127.0.0.1,DNS:localhost", until="20991231000000Z"):
        """Paths of a certificate, with its key in the same file."""
        key, request, cert = (self.folder / f"{name}.{end}" for end in ("key", "csr", "pem"))
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", key, "-out", request, "-subj", f"/CN={name}",
                "-addext", f"subjectAltName={names}")
        openssl("ca", "-batch", "-config", self.config, "-cert", self.cert, "-keyfile", self.key,
                "-in", request, "-out", cert, "-notext",
                "-startdate", "20200101000000Z", "-enddate", until)
        return cert, key


class NoHttp(Exception):
    """A TLS greeting, for instance."""


class Request:
    def __init__(self, line, headers, body):
        self.line = line
        self.method, self.target, _ = line.split(" ", 2)
        self.path, _, query = self.target.partition("?")
        self.query = dict(part.split("=", 1) for part in query.split("&") if part)
        self.headers = headers
        self.body = body


def read_request(stream):
    line = stream.readline().decode("latin-1").strip()
    if not line:
        return None
    if not line.endswith(" HTTP/1.1"):
        raise NoHttp
    headers = {}
    while True:
        header = stream.readline().decode("latin-1").strip()
        if not header:
            break
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return Request(line, headers, stream.read(int(headers.get("content-length", 0))))


class Answer:
    """What a handler writes with. All sizes are explicit, so that a server can lie about them."""

    def __init__(self, connection):
        self.connection = connection

    def head(self, status, headers=(), length=None, chunked=False):
        lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", *headers]
        if chunked:
            lines.append("Transfer-Encoding: chunked")
        if length is not None:
            lines.append(f"Content-Length: {length}")
        self.raw(("\r\n".join(lines) + "\r\n\r\n").encode())

    def raw(self, data):
        self.connection.sendall(data)

    def chunk(self, text):
        data = text.encode()
        self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def last_chunk(self):
        self.raw(b"0\r\n\r\n")

    def whole(self, status, body, headers=()):
        data = body if isinstance(body, bytes) else body.encode()
        self.head(status, headers, len(data))
        self.raw(data)


class Closed(Exception):
    """Raised by a handler: the connection is closed now."""


class Server:
    """Calls handler(request, answer) for each request, each connection in a thread of its own.

    `connected` and `asked` are counted up as it happens; wait_for() waits for them. A handler that
    wants to stay silent calls hang(), which lasts until the server ends or the peer is gone."""

    def __init__(self, handler, certificate=None, client_ca=None, handshake=True, wants_h2=False):
        self.handler = handler
        self.requests = []
        self.connected = 0
        self.gone = 0
        self.protocol = None
        self.changed = threading.Condition()
        self.ended = threading.Event()
        self.handshake = handshake
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
            # Chosen if the client offers it; it then gets HTTP/1.1 all the same.
            self.context.set_alpn_protocols(["h2"] if wants_h2 else ["http/1.1"])
            if client_ca:
                # In TLS 1.3 the refusal comes after the handshake, and races with the first request.
                self.context.maximum_version = ssl.TLSVersion.TLSv1_2
                self.context.verify_mode = ssl.CERT_REQUIRED
                self.context.load_verify_locations(client_ca)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = ("https://" if certificate else "http://") + self.host
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads[0].start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ended.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def hang(self):
        self.ended.wait(60)
        raise Closed

    def wait_for(self, condition):
        with self.changed:
            if not self.changed.wait_for(condition, timeout=30):
                raise AssertionError("the server waited in vain")

    def _note(self, name):
        with self.changed:
            setattr(self, name, getattr(self, name) + 1)
            self.changed.notify_all()

    def _accept(self):
        while not self.ended.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        self._note("connected")
        try:
            if not self.handshake:
                self.hang()
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
                self.protocol = connection.selected_alpn_protocol()
            with connection.makefile("rb") as stream:
                while (request := read_request(stream)) is not None:
                    with self.changed:
                        self.requests.append(request)
                        self.changed.notify_all()
                    self.handler(request, Answer(connection))
        except NoHttp:
            with contextlib.suppress(OSError):
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        except (Closed, OSError):
            pass
        finally:
            # Without the shutdown the stream's copy of the descriptor would keep it open.
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
            self._note("gone")


class Proxy:
    """An HTTP proxy that tunnels, or answers CONNECT with another status."""

    def __init__(self, status=200):
        self.status = status
        self.targets = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        request = read_request(client.makefile("rb", buffering=0))
        self.targets.append(request.line)
        client.sendall(f"HTTP/1.1 {self.status} X\r\n\r\n".encode())
        if self.status != 200:
            client.close()
            return
        host, _, port = request.target.rpartition(":")
        server = socket.create_connection((host, int(port)))
        threading.Thread(target=self._pump, args=(server, client), daemon=True).start()
        self._pump(client, server)

    @staticmethod
    def _pump(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


def temporary_folder():
    return tempfile.TemporaryDirectory(prefix="sts-api-")
