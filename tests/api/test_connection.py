"""Everything that goes wrong before there is an answer."""

import json
import socket

import hostile
from probe import Case

VIEW = "kubectl config view --minify"
X509 = "Unable to connect to the server: tls: failed to verify certificate: x509: "


def version(_, answer):
    answer.whole(200, json.dumps({"gitVersion": "v1.34.4"}))


class Connection(Case):
    def test_refused(self):
        with socket.create_server(("127.0.0.1", 0)) as closed:
            host = f"127.0.0.1:{closed.getsockname()[1]}"
        self.assert_fails(f"https://{host}",
                          f"The connection to the server {host} was refused - did you specify the "
                          "right host or port?",
                          f"check that an API server runs at {host}, and that this is the cluster "
                          f"you mean: {VIEW}", "version")

    def test_no_such_host(self):
        self.assert_fails("https://nowhere.invalid:6443",
                          "Unable to connect to the server: dial tcp: lookup nowhere.invalid: no "
                          "such host",
                          f"check the server's name ({VIEW}) and whether its network or VPN is up",
                          "version")

    def test_wrong_authority(self):
        other = hostile.Authority(self.folder.name, "other")
        with self.server(version) as server:
            self.assert_fails(server, X509 + "certificate signed by unknown authority",
                              f"the certificate of {server.host} is signed by none that this "
                              "kubeconfig trusts: take the cluster's current CA "
                              "(certificate-authority-data, --certificate-authority), or check that "
                              f"this is the cluster you mean: {VIEW}", "version", ca=other.cert)
            self.assertEqual(server.requests, [])

    def test_system_authorities_are_not_the_clusters(self):
        with self.server(version) as server:
            _, _, err = self.probe(server.url, "version", ca=None)
            self.assertTrue(err.startswith(X509 + "certificate signed by unknown authority"), err)

    def test_expired(self):
        old = self.authority.issue("old", until="20210101000000Z")
        with self.server(version, certificate=old) as server:
            self.assert_fails(server, X509 + "certificate has expired or is not yet valid",
                              f"renew the certificate of {server.host} (kubeadm certs "
                              "check-expiration), or set this machine's clock right", "version")

    def test_another_name(self):
        named = self.authority.issue("named", names="DNS:api.example.com")
        with self.server(version, certificate=named) as server:
            self.assert_fails(server, X509 + f"certificate is not valid for {server.host}",
                              f"use a name that the certificate of {server.host} has, or name it "
                              "with --tls-server-name", "version")
            self.assertEqual(self.probe(server.url, "version", tls_server_name="api.example.com"),
                             (0, "1.34.4 v1.34.4\n", ""))
            self.assertEqual(server.requests[0].headers["host"], server.host)

    def test_ca_that_is_none(self):
        with self.server(version) as server:
            broken = self.file("broken.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n")
            self.assert_fails(server, "error: the cluster's certificate authority holds no "
                              "certificate",
                              f"check the certificates and keys of this cluster and user: {VIEW}",
                              "version", ca=broken)

    def test_plain_http_behind_https(self):
        with self.server(version, certificate=None) as server:
            self.assert_fails(server.url.replace("http:", "https:"),
                              "Unable to connect to the server: http: server gave HTTP response to "
                              "HTTPS client",
                              f"check that {server.host} is the API server's HTTPS port, and that "
                              "the client certificate, if there is one, is valid and this "
                              f"cluster's: {VIEW}", "version")

    def test_plain_http(self):
        with self.server(version, certificate=None) as server:
            self.assertEqual(self.probe(server.url, "version")[0], 0)

    def test_no_http_at_all(self):
        def ssh(_, answer):
            answer.raw(b"SSH-2.0-OpenSSH_9.2\r\n")
            raise hostile.Closed
        with self.server(ssh) as server:
            self.assert_fails(server, "Unable to connect to the server: net/http: malformed HTTP "
                              "response",
                              f"check that {server.host} is an API server: {VIEW}", "version")

    def test_nobody_takes_the_connection(self):
        with self.server(version, handshake=False) as server:
            self.assert_fails(server, f"Unable to connect to the server: dial tcp {server.host}: i/o "
                              "timeout",
                              f"check the network, VPN or firewall between here and {server.host}, "
                              "and whether the server hangs",
                              "version", connect_timeout=200)

    def test_client_certificates(self):
        certificate, key = self.authority.issue("jane")
        with self.server(version, client_ca=self.authority.cert) as server:
            self.assertEqual(self.probe(server.url, "version", certificate=certificate, key=key)[0], 0)
            _, _, err = self.probe(server.url, "version")
            self.assertTrue(err.startswith(
                "Unable to connect to the server: remote error: tls: handshake failure\n"), err)
            nonsense = self.file("nonsense.key", "no key\n")
            self.assert_fails(server, "error: tls: the client certificate or its private key cannot "
                              "be used",
                              f"check the certificates and keys of this cluster and user: {VIEW}",
                              "version", certificate=certificate, key=nonsense)

    def test_http2_is_offered(self):
        for flags, protocol in (({}, "h2"), ({"http1": 1}, None)):
            with self.server(version, wants_h2=True) as server:
                self.probe(server.url, "version", **flags)
                self.assertEqual(server.protocol, protocol)

    def test_a_path_before_the_apis(self):
        with self.server(version) as server:
            self.assertEqual(self.probe(server.url + "/k8s/clusters/c-1/", "version")[0], 0)
            self.assertEqual(server.requests[0].path, "/k8s/clusters/c-1/version")

    def test_proxy(self):
        with self.server(version) as server, hostile.Proxy() as proxy:
            self.assertEqual(self.probe(server.url, "version", proxy=proxy.url)[0], 0)
            self.assertEqual(proxy.targets, [f"CONNECT {server.host} HTTP/1.1"])

    def test_proxies_that_refuse(self):
        fix = "check the proxy: proxy-url in the kubeconfig, else HTTPS_PROXY and NO_PROXY"
        with self.server(version) as server:
            with hostile.Proxy(407) as proxy:
                url = proxy.url.replace("//", "//jane:hunter2@")
                self.assert_fails(server, "Unable to connect to the server: proxyconnect tcp: the "
                                  "proxy answered 407", fix, "version", proxy=url)
            self.assert_fails(server, "Unable to connect to the server: proxyconnect tcp: the proxy "
                              "cannot be reached", fix, "version", proxy=proxy.url)
            self.assertEqual(server.requests, [])

    def test_the_environments_proxy_is_not_asked(self):
        with self.server(version) as server:
            self.assertEqual(self.probe(server.url, "version", proxy=None)[0], 0)
