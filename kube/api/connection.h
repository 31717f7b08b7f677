#pragma once

#include "kube/result.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sts::kube {

/// Who the requests claim to act for: the Impersonate-* headers. Empty `user`: nobody else, and
/// then the rest is empty too.
struct Impersonation {
  std::string user;
  std::string uid;
  std::vector<std::string> groups;
  /// Keys as they stand in the kubeconfig, not yet percent-encoded for the header's name.
  std::vector<std::pair<std::string, std::vector<std::string>>> extra;
};

/// What proves the client's identity now. Secret, but for the certificate: never to be printed,
/// logged or written to a file.
struct ClientIdentity {
  std::string authorization;  // the header's value, "Bearer …" or "Basic …", or empty
  std::string certificate_pem;
  std::string key_pem;  // empty together with `certificate_pem`
};

/// Where the identity comes from. Used by one thread at a time.
class Credentials {
 public:
  virtual ~Credentials() = default;

  /// To be asked before each request: may run a plugin or read a file again. Its error's message
  /// names the next step and holds no secret.
  virtual Result<ClientIdentity> current() = 0;

  /// After a 401: forgets what the server did not accept. True: current() may answer otherwise now,
  /// so the request is worth trying once more.
  virtual Result<bool> refresh_after_unauthorized() = 0;
};

/// Everything needed to reach one API server; made by kube/api/config, used by the transport.
struct Connection {
  std::string server;  // https://host:port[/prefix], without a trailing slash; http:// is possible
  std::string ca_pem;  // empty: the system's trust
  bool insecure_skip_tls_verify = false;
  std::string tls_server_name;  // empty: the host of `server`
  /// As libcurl takes it: http://, https:// or socks5h://, with user and password where it has
  /// them (secret); empty: no proxy, whatever libcurl finds in the environment.
  /// HTTPS_PROXY and NO_PROXY are already taken into account.
  std::string proxy_url;
  bool disable_compression = false;
  Impersonation impersonate;
  std::shared_ptr<Credentials> credentials;  // never null
};

}  // namespace sts::kube
