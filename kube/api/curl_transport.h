#pragma once

#include "kube/api/connection.h"
#include "kube/api/loop.h"
#include "kube/api/transport.h"
#include "kube/result.h"

#include <chrono>
#include <memory>
#include <string>

namespace sts::kube {

struct CurlOptions {
  bool http1_only = false;  // client-go's DISABLE_HTTP2
  Milliseconds connect_timeout{10'000};
  std::string user_agent;  // "kubectl-sts/0.1.0 (linux/amd64)"
};

/// HTTP by libcurl: one multi handle, on the loop's thread. libcurl is initialised when the first
/// one is made.
class CurlTransport final : public Transport, public Waiter {
 public:
  /// Fails where the CA cannot be read or libcurl lacks something. The identity is not the
  /// connection's but each request's: wrap it in an AuthenticatedTransport.
  static Result<std::unique_ptr<CurlTransport>> make(const Connection& connection,
                                                     CurlOptions options);
  ~CurlTransport() override;

  std::unique_ptr<Exchange> start(Request request, ResponseHandler& handler) override;
  std::string host() const override;
  void wait(Milliseconds at_most, int fd) override;

  class Impl;

 private:
  explicit CurlTransport(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sts::kube
