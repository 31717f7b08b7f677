#include "kube/api/config/credentials/authorization.h"

#include "kube/base64.h"

#include <algorithm>

namespace sts::kube {

std::string bearer(const std::string& token) { return "Bearer " + token; }

std::string basic(const std::string& username, const std::string& password) {
  return "Basic " + to_base64(username + ":" + password);
}

bool is_header_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == 127;
  });
}

bool is_certificate(std::string_view pem) {
  return pem.find("-----BEGIN CERTIFICATE-----") != std::string_view::npos;
}

bool is_certificate_pair(std::string_view certificate_pem, std::string_view key_pem) {
  return is_certificate(certificate_pem) && key_pem.find("-----BEGIN ") != std::string_view::npos &&
         key_pem.find("PRIVATE KEY-----") != std::string_view::npos;
}

}  // namespace sts::kube
