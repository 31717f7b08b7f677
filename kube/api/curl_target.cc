#include "kube/api/curl_handle.h"

#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace sts::kube {
namespace {

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlDeleter>;

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

// Where distributions keep the roots, in the order in which Go looks (crypto/x509/root_linux.go).
std::string system_roots() {
  if (const char* const file = std::getenv("SSL_CERT_FILE"); file != nullptr && *file != '\0') {
    return file;
  }
  for (const char* const file :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/pki/tls/cacert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem"}) {
    if (access(file, R_OK) == 0) return file;
  }
  return {};
}

// What was built without TLS or is too old for options that we count on.
Result<void> check_libcurl() {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) return fail("libcurl cannot be initialised");
  const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
  if (info->version_num < 0x075700) {
    return fail(std::string("libcurl ") + info->version + " is too old: 7.87 is needed");
  }
  if ((info->features & CURL_VERSION_SSL) == 0) return fail("this libcurl speaks no TLS");
  return {};
}

}  // namespace

Result<CurlTarget> make_target(const Connection& connection, CurlOptions options) {
  if (const auto checked = check_libcurl(); !checked) return tl::unexpected<Error>(checked.error());
  const Url url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, connection.server.c_str(), 0) != CURLUE_OK) {
    return fail("the server's URL \"" + connection.server +
                "\" cannot be used: write https://HOST:PORT");
  }
  CurlTarget target;
  target.options = std::move(options);
  target.tls = part(url, CURLUPART_SCHEME) == "https";
  const std::string name = part(url, CURLUPART_HOST);  // an IPv6 address in its brackets
  const std::string port = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  const std::string given = part(url, CURLUPART_PORT);
  target.host = given.empty() ? name : name + ":" + given;
  target.dial = name + ":" + port;
  std::string asked = name;
  if (target.tls && !connection.tls_server_name.empty()) {
    // Asked for by that name and connected to the real one; the Host header stays the real one's.
    asked = connection.tls_server_name;
    target.connect_to = asked + ":" + port + ":" + target.dial;
  }
  std::string path = part(url, CURLUPART_PATH);
  while (path.ends_with('/')) path.pop_back();
  target.base = (target.tls ? "https://" : "http://") + asked + ":" + port + path;
  target.ca_pem = connection.ca_pem;
  target.verify = !connection.insecure_skip_tls_verify;
  target.ca_file = system_roots();
  // Go lets a SOCKS proxy resolve the name, which is what libcurl calls socks5h.
  target.proxy = connection.proxy_url;
  if (target.proxy.starts_with("socks5://")) target.proxy.insert(6, "h");
  target.compression = !connection.disable_compression;
  return target;
}

}  // namespace sts::kube
