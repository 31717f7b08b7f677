#include "kube/api/config/credentials/configured.h"

#include "kube/api/config/credentials/authorization.h"
#include "kube/api/config/credentials/token_file.h"

namespace sts::kube {
namespace {

constexpr std::chrono::minutes kCertificatePeriod{5};

class ConfiguredCredentials final : public Credentials {
 public:
  ConfiguredCredentials(const Kubeconfig::User& user, const Surroundings& surroundings)
      : user_(user), read_file_(surroundings.read_file), now_(surroundings.now) {
    if (!user.token_file.empty()) token_file_.emplace(user.token_file, surroundings);
  }

  Result<ClientIdentity> current() override {
    if (auto read = read_certificate(); !read) return fail(read.error().message);
    if (!token_file_) {
      if (!user_.token.empty()) {
        identity_.authorization = bearer(user_.token);
      } else if (!user_.username.empty()) {
        identity_.authorization = basic(user_.username, user_.password);
      }
      return identity_;
    }
    // The file counts even where a token is given, as in client-go; that one is for when the file
    // cannot be read.
    auto token = token_file_->token();
    if (!token && user_.token.empty()) return fail(token.error().message);
    identity_.authorization = bearer(token ? *token : user_.token);
    return identity_;
  }

  Result<bool> refresh_after_unauthorized() override {
    const ClientIdentity before = identity_;
    if (token_file_) token_file_->expire();
    certificate_read_at_.reset();
    const auto now = current();
    if (!now) return fail(now.error().message);
    return now->authorization != before.authorization ||
           now->certificate_pem != before.certificate_pem || now->key_pem != before.key_pem;
  }

 private:
  Result<std::string> read(const std::string& path, const char* what) const {
    auto bytes = read_file_(path);
    if (!bytes) return fail(std::string(what) + " " + path + ": " + bytes.error().why);
    return std::move(*bytes);
  }

  Result<void> read_certificate() {
    if (user_.client_certificate.empty() && user_.client_certificate_data.empty()) return {};
    if (certificate_read_at_ && now_() < *certificate_read_at_ + kCertificatePeriod) return {};
    Result<std::string> certificate = user_.client_certificate_data;
    Result<std::string> key = user_.client_key_data;
    if (!user_.client_certificate.empty()) {
      certificate = read(user_.client_certificate, "client certificate");
    }
    if (!user_.client_key.empty()) key = read(user_.client_key, "client key");
    Result<void> result;
    if (!certificate || !key) {
      result = fail((certificate ? key : certificate).error().message);
    } else if (!is_certificate_pair(*certificate, *key)) {
      result = fail(user_.client_certificate.empty()
                        ? "client-certificate-data and client-key-data must hold a certificate and "
                          "a key in PEM format"
                        : "client certificate " + user_.client_certificate +
                              ": this and its key must be in PEM format");
    } else {
      identity_.certificate_pem = std::move(*certificate);
      identity_.key_pem = std::move(*key);
    }
    // While it is replaced, the old one serves.
    if (!identity_.key_pem.empty()) {
      certificate_read_at_ = now_();
      return {};
    }
    return result;
  }

  Kubeconfig::User user_;
  decltype(Surroundings::read_file) read_file_;
  decltype(Surroundings::now) now_;
  std::optional<TokenFile> token_file_;
  ClientIdentity identity_;
  std::optional<std::chrono::system_clock::time_point> certificate_read_at_;
};

}  // namespace

Result<std::shared_ptr<Credentials>> configured_credentials(const Kubeconfig::User& user,
                                                            const Surroundings& surroundings) {
  if (!is_header_text(user.token)) {
    return fail(
        "the token holds a line break or another control character; check how it was "
        "pasted");
  }
  return std::make_shared<ConfiguredCredentials>(user, surroundings);
}

}  // namespace sts::kube
