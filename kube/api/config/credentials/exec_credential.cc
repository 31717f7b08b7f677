#include "kube/api/config/credentials/exec_credential.h"

#include "kube/api/config/credentials/authorization.h"
#include "kube/api/config/field_reader.h"
#include "kube/base64.h"
#include "kube/semantics/rfc3339.h"

#include <nlohmann/json.hpp>

namespace sts::kube {
namespace {

constexpr const char* kGroup = "client.authentication.k8s.io/";

// Only a version of the plugins' own group is repeated to the user; anything else may be a secret.
std::string version_in_words(const std::string& version) {
  const bool known = version == std::string(kGroup) + "v1" ||
                     version == std::string(kGroup) + "v1beta1" ||
                     version == std::string(kGroup) + "v1alpha1";
  return known ? version : version.empty() ? "no apiVersion" : "another apiVersion";
}

}  // namespace

std::string exec_info(const std::string& api_version, bool interactive,
                      const std::optional<ExecCluster>& cluster) {
  nlohmann::json spec = {{"interactive", interactive}};
  if (cluster) {
    nlohmann::json& told = spec["cluster"];
    told["server"] = cluster->server;
    if (!cluster->tls_server_name.empty()) told["tls-server-name"] = cluster->tls_server_name;
    if (cluster->insecure_skip_tls_verify) told["insecure-skip-tls-verify"] = true;
    if (!cluster->ca_pem.empty()) told["certificate-authority-data"] = to_base64(cluster->ca_pem);
    if (!cluster->proxy_url.empty()) told["proxy-url"] = cluster->proxy_url;
    if (cluster->disable_compression) told["disable-compression"] = true;
    told["config"] = cluster->config.empty()
                         ? nlohmann::json(nullptr)
                         : nlohmann::json::parse(cluster->config, nullptr, false);
  }
  const nlohmann::json info = {
      {"kind", "ExecCredential"}, {"apiVersion", api_version}, {"spec", std::move(spec)}};
  return info.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<ExecCredential> read_exec_credential(std::string output, const std::string& api_version) {
  if (output.find_first_not_of(" \t\r\n") == std::string::npos) return fail("it printed nothing");
  const SecretDocument document = read_secret_document("its output", std::move(output));
  if (!document.error.empty() || !document.tree || !document.tree->root().is_mapping()) {
    return fail("its output is not an ExecCredential, neither as JSON nor as YAML");
  }
  const Value root = document.tree->root();
  FieldReader fields(*document.source);
  const std::string kind = fields.text(root, "kind");
  const std::string version = fields.text(root, "apiVersion");
  if (fields.failed() || kind != "ExecCredential") {
    return fail("its output is not an ExecCredential: kind must be ExecCredential");
  }
  if (version != api_version) {
    return fail("it returned " + version_in_words(version) + ", but the kubeconfig asks for " +
                api_version);
  }
  const Value status = root.get("status");
  if (!status) return fail("its ExecCredential has no status");
  if (!fields.is_mapping(status, "status")) return fail(fields.error());

  ExecCredential credential;
  credential.token = fields.text(status, "token");
  credential.certificate_pem = fields.text(status, "clientCertificateData");
  credential.key_pem = fields.text(status, "clientKeyData");
  const std::string expires = fields.text(status, "expirationTimestamp");
  if (fields.failed()) return fail(fields.error());
  if (status.get("expirationTimestamp")) {
    credential.expires = parse_rfc3339(expires);
    if (!credential.expires) {
      return fail("its status.expirationTimestamp is no time such as 2026-01-31T12:00:00Z");
    }
    // Go's zero time, which never expires there.
    if (expires == "0001-01-01T00:00:00Z") credential.expires.reset();
  }
  if (credential.token.empty() && credential.certificate_pem.empty() &&
      credential.key_pem.empty()) {
    return fail("its status holds neither a token nor a certificate and key");
  }
  if (credential.certificate_pem.empty() != credential.key_pem.empty()) {
    return fail(credential.key_pem.empty()
                    ? "its status holds a certificate, but no clientKeyData"
                    : "its status holds a key, but no clientCertificateData");
  }
  if (!is_header_text(credential.token)) {
    return fail("its status.token holds a line break or another control character");
  }
  if (!credential.certificate_pem.empty() &&
      !is_certificate_pair(credential.certificate_pem, credential.key_pem)) {
    return fail("its certificate and key are not in PEM format");
  }
  return credential;
}

}  // namespace sts::kube
