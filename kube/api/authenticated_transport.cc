#include "kube/api/authenticated_transport.h"

#include "kube/api/percent.h"

#include <string.h>
#include <utility>

namespace sts::kube {
namespace {

// client-go v0.34, transport/round_trippers.go, impersonatingRoundTripper.
std::vector<Header> impersonation_headers(const Impersonation& impersonate) {
  std::vector<Header> headers;
  if (impersonate.user.empty()) return headers;
  headers.push_back({"Impersonate-User", impersonate.user});
  if (!impersonate.uid.empty()) headers.push_back({"Impersonate-Uid", impersonate.uid});
  for (const std::string& group : impersonate.groups) {
    headers.push_back({"Impersonate-Group", group});
  }
  for (const auto& [key, values] : impersonate.extra) {
    for (const std::string& value : values) {
      headers.push_back({"Impersonate-Extra-" + percent_encoded(key), value});
    }
  }
  return headers;
}

void wipe(std::string& secret) { explicit_bzero(secret.data(), secret.size()); }

// One identity for all who send with it; its secrets leave the memory with the last of them.
std::shared_ptr<const ClientIdentity> shared(ClientIdentity identity) {
  return {new ClientIdentity(std::move(identity)), [](ClientIdentity* secret) {
            wipe(secret->authorization);
            wipe(secret->key_pem);
            delete secret;
          }};
}

}  // namespace

class AuthenticatedTransport::Attempts final : public Exchange, public ResponseHandler {
 public:
  Attempts(AuthenticatedTransport& transport, Request request, ResponseHandler& handler)
      : transport_(transport), request_(std::move(request)), handler_(handler) {
    begin();
  }
  ~Attempts() override { transport_.loop_.cancel(timer_); }
  Attempts(const Attempts&) = delete;
  Attempts& operator=(const Attempts&) = delete;

  void on_head(const ResponseHead& head) override {
    if (head.status != 401 || repeated_) {
      handler_.on_head(head);
      return;
    }
    repeated_ = true;
    const auto again = other_credentials();
    if (!again) {
      exchange_.reset();
      handler_.on_end(Fault{FaultKind::kCredentials, again.error().message});
    } else if (*again) {
      exchange_.reset();
      begin();
    } else {
      handler_.on_head(head);
    }
  }
  void on_body(std::string_view bytes) override { handler_.on_body(bytes); }
  void on_end(const std::optional<Fault>& fault) override { handler_.on_end(fault); }

 private:
  void begin() {
    auto identity = transport_.credentials_->current();
    if (identity) {
      used_ = shared(std::move(*identity));
      Request request = request_;
      request.identity = used_;
      exchange_ = transport_.inner_.start(std::move(request), *this);
      return;
    }
    // start() calls no handler.
    timer_ = transport_.loop_.after(Milliseconds(0), [this, why = identity.error().message] {
      handler_.on_end(Fault{FaultKind::kCredentials, why});
    });
  }

  // Of many requests that are refused at once the first refreshes for all, as in client-go
  // (exec.go, maybeRefreshCreds): a plugin may open a browser.
  Result<bool> other_credentials() {
    const auto now = transport_.credentials_->current();
    if (now && (now->authorization != used_->authorization ||
                now->certificate_pem != used_->certificate_pem)) {
      return true;
    }
    return transport_.credentials_->refresh_after_unauthorized();
  }

  AuthenticatedTransport& transport_;
  Request request_;
  std::shared_ptr<const ClientIdentity> used_;
  ResponseHandler& handler_;
  std::unique_ptr<Exchange> exchange_;
  Loop::TimerId timer_ = 0;
  bool repeated_ = false;
};

AuthenticatedTransport::AuthenticatedTransport(Transport& inner, Loop& loop,
                                               std::shared_ptr<Credentials> credentials,
                                               const Impersonation& impersonate)
    : inner_(inner),
      loop_(loop),
      credentials_(std::move(credentials)),
      impersonation_(impersonation_headers(impersonate)) {}

std::unique_ptr<Exchange> AuthenticatedTransport::start(Request request, ResponseHandler& handler) {
  request.headers.insert(request.headers.end(), impersonation_.begin(), impersonation_.end());
  return std::make_unique<Attempts>(*this, std::move(request), handler);
}

}  // namespace sts::kube
