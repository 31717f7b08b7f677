#pragma once

#include "kube/api/connection.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::kube {

enum class Method : std::uint8_t { kGet, kPost, kPut, kPatch, kDelete };
std::string_view to_string(Method method);  // "GET"

struct Header {
  std::string name;
  std::string value;
};

/// One HTTP request to the API server. Who sends it, and for whom, is not the client's business:
/// `identity` and the Impersonate-* headers are added by AuthenticatedTransport.
struct Request {
  Method method = Method::kGet;
  std::string path;  // from the API's root: "/api/v1/pods", segments percent-encoded
  std::vector<std::pair<std::string, std::string>> query;  // not yet percent-encoded
  std::vector<Header> headers;
  std::string body;
  /// Bytes may be far apart (a watch, a followed log): it gets a patient connection of its own
  /// kind, uncompressed, and a peer that vanished is found by TCP.
  bool stream = false;
  /// A POST that changes nothing (an access review): as safe to repeat as a GET.
  bool read_only = false;
  std::shared_ptr<const ClientIdentity> identity;  // null: anonymous

  bool is_read() const { return method == Method::kGet || read_only; }
};

struct ResponseHead {
  int status = 0;
  std::vector<Header> headers;

  /// The first header of that name, in any case; empty where there is none.
  std::string_view header(std::string_view name) const;
};

/// Why an exchange did not come to its end, though nobody cancelled it.
enum class FaultKind : std::uint8_t {
  kRefused,           // nobody listens there
  kResolve,           // the host's name has no address
  kUnreachable,       // no route, network down
  kConnectTimeout,    // no answer to the attempt to connect
  kUnknownAuthority,  // the server's certificate is signed by nobody whom we trust
  kExpired,           // the server's certificate is out of date, or not valid yet
  kWrongHost,         // the server's certificate is for other names
  kBadCertificate,    // our own CA, certificate or key cannot be used
  kTls,               // the TLS handshake failed otherwise
  kProxy,             // the proxy refused, or is not there
  kClosed,            // the server closed before the response was complete
  kLost,              // the connection broke: reset, or the peer is silent for TCP
  kMalformed,         // what came is no HTTP
  kCredentials,       // Credentials could not say who we are
  kOther,
};

/// `detail` is in the words that client-go would use where it has some ("dial tcp 127.0.0.1:6443:
/// connect: connection refused"), without secrets, on one line.
struct Fault {
  FaultKind kind = FaultKind::kOther;
  std::string detail;
};

/// Takes a response as it comes. Called from Loop::run_until only, never from within start();
/// on_end is the last call. A handler may destroy its Exchange in any of the calls: nothing is
/// called afterwards.
class ResponseHandler {
 public:
  virtual ~ResponseHandler() = default;
  virtual void on_head(const ResponseHead& head) = 0;
  /// A piece of the body, decompressed, of any size, cut anywhere.
  virtual void on_body(std::string_view bytes) = 0;
  /// Nothing: the response is complete.
  virtual void on_end(const std::optional<Fault>& fault) = 0;
};

/// A request under way. Destroying it cancels: nothing is called afterwards, and what it held is
/// given back at once, whatever the network does.
class Exchange {
 public:
  virtual ~Exchange() = default;
};

/// What sends requests to one API server: CurlTransport, or FakeTransport in tests. Any number at a
/// time; all on the thread of the loop.
class Transport {
 public:
  virtual ~Transport() = default;

  /// The handler must live until its on_end or until the Exchange is destroyed; the transport must
  /// outlive the Exchange.
  virtual std::unique_ptr<Exchange> start(Request request, ResponseHandler& handler) = 0;

  /// "127.0.0.1:6443", for messages.
  virtual std::string host() const = 0;
};

}  // namespace sts::kube
