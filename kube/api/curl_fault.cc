#include "kube/api/curl_handle.h"

#include <cerrno>
#include <openssl/x509_vfy.h>

namespace sts::kube {
namespace {

std::string dial(const CurlTarget& target, std::string_view why) {
  return "dial tcp " + target.dial + ": " + std::string(why);
}

Fault not_connected(CURL* easy, const CurlTarget& target) {
  if (!target.proxy.empty())
    return {FaultKind::kProxy, "proxyconnect tcp: the proxy cannot be reached"};
  long number = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
  switch (number) {
    case EHOSTUNREACH:
      return {FaultKind::kUnreachable, dial(target, "connect: no route to host")};
    case ENETUNREACH:
      return {FaultKind::kUnreachable, dial(target, "connect: network is unreachable")};
    case ETIMEDOUT:
      return {FaultKind::kConnectTimeout, dial(target, "connect: connection timed out")};
    case ECONNREFUSED:
      return {FaultKind::kRefused, dial(target, "connect: connection refused")};
    default:
      return {FaultKind::kUnreachable, dial(target, "connect: it cannot be reached")};
  }
}

Fault not_trusted(CURL* easy, std::string_view why, const CurlTarget& target) {
  const std::string x509 = "tls: failed to verify certificate: x509: ";
  long verdict = 0;
  curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
  switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {FaultKind::kExpired, x509 + "certificate has expired or is not yet valid"};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_INVALID_CA:
      return {FaultKind::kUnknownAuthority, x509 + "certificate signed by unknown authority"};
    default:
      break;
  }
  if (why.find("subject name") != std::string_view::npos ||
      verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH) {
    return {FaultKind::kWrongHost, x509 + "certificate is not valid for " + target.host};
  }
  return {FaultKind::kTls, x509 + std::string(why)};
}

// OpenSSL's words for what the other side, or the wire, did.
Fault broken(std::string_view why, const CurlTarget& target) {
  const auto has = [&](const char* words) { return why.find(words) != std::string_view::npos; };
  if (has("wrong version number") || has("http request")) {
    return {FaultKind::kTls, "http: server gave HTTP response to HTTPS client"};
  }
  // The names of TLS alerts (RFC 8446, 6) as OpenSSL writes them.
  for (const char* const alert :
       {"certificate required", "bad certificate", "unknown ca", "certificate expired",
        "certificate revoked", "certificate unknown", "access denied", "handshake failure",
        "protocol version", "unrecognized name", "internal error", "decrypt error"}) {
    if (has("alert") && has(alert)) {
      return {FaultKind::kTls, std::string("remote error: tls: ") + alert};
    }
  }
  if (has("reset by peer")) {
    return {FaultKind::kLost, "read tcp " + target.dial + ": connection reset by peer"};
  }
  if (has("roken pipe")) {
    return {FaultKind::kLost, "write tcp " + target.dial + ": broken pipe"};
  }
  if (has("timed out")) {
    return {FaultKind::kLost, "read tcp " + target.dial + ": connection timed out"};
  }
  if (has("unexpected eof") || has("SSL_ERROR_SYSCALL") || has("close_notify")) {
    return {FaultKind::kClosed, "unexpected EOF"};
  }
  return {FaultKind::kLost, std::string(why)};
}

}  // namespace

Fault curl_fault(CURL* easy, CURLcode code, std::string_view why, const CurlTarget& target) {
  const std::string said = why.empty() ? curl_easy_strerror(code) : std::string(why);
  long tunnel = 0;
  curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &tunnel);
  if (tunnel >= 300) {
    return {FaultKind::kProxy, "proxyconnect tcp: the proxy answered " + std::to_string(tunnel)};
  }
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {
          FaultKind::kResolve,
          "dial tcp: lookup " + target.dial.substr(0, target.dial.rfind(':')) + ": no such host"};
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {FaultKind::kProxy, "proxyconnect tcp: the proxy's name has no address"};
    case CURLE_PROXY:
      return {FaultKind::kProxy, "proxyconnect tcp: " + said};
    case CURLE_COULDNT_CONNECT:
      return not_connected(easy, target);
    case CURLE_OPERATION_TIMEDOUT:
      // The connection or its TLS handshake: libcurl does not say which.
      return {FaultKind::kConnectTimeout, dial(target, "i/o timeout")};
    case CURLE_PEER_FAILED_VERIFICATION:
      return not_trusted(easy, said, target);
    case CURLE_SSL_CACERT_BADFILE:
      return {FaultKind::kBadCertificate,
              "the cluster's certificate authority holds no certificate"};
    case CURLE_SSL_CERTPROBLEM:
      return {FaultKind::kBadCertificate,
              "tls: the client certificate or its private key cannot be used"};
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2_STREAM:
      return {FaultKind::kClosed, "unexpected EOF"};
    case CURLE_GOT_NOTHING:
      return {FaultKind::kClosed, "EOF"};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
      return broken(said, target);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return {FaultKind::kMalformed, "net/http: malformed HTTP response"};
    default:
      return {FaultKind::kOther, said};
  }
}

}  // namespace sts::kube
