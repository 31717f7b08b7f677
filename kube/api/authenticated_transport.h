#pragma once

#include "kube/api/connection.h"
#include "kube/api/loop.h"
#include "kube/api/transport.h"

#include <memory>
#include <string>
#include <vector>

namespace sts::kube {

/// Adds to every request who sends it (Credentials) and for whom (Impersonate-*), and after a 401
/// asks the credentials for others and repeats the request once, unseen by the handler.
class AuthenticatedTransport final : public Transport {
 public:
  /// `inner` and `loop` must outlive this.
  AuthenticatedTransport(Transport& inner, Loop& loop, std::shared_ptr<Credentials> credentials,
                         const Impersonation& impersonate);

  std::unique_ptr<Exchange> start(Request request, ResponseHandler& handler) override;
  std::string host() const override { return inner_.host(); }

 private:
  class Attempts;

  Transport& inner_;
  Loop& loop_;
  std::shared_ptr<Credentials> credentials_;
  std::vector<Header> impersonation_;
};

}  // namespace sts::kube
