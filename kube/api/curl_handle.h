#pragma once

#include "kube/api/connection.h"
#include "kube/api/curl_transport.h"
#include "kube/api/transport.h"
#include "kube/result.h"

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// What all requests to one server have in common.
struct CurlTarget {
  std::string base;        // what every path is put behind
  std::string host;        // as the user wrote it, for messages and the Host header
  std::string dial;        // host:port, always with the port
  std::string connect_to;  // CURLOPT_CONNECT_TO's entry, where the TLS name is another one
  std::string ca_pem;
  std::string ca_file;  // the system's, where ca_pem is empty
  std::string proxy;
  bool tls = true;
  bool verify = true;
  bool compression = true;
  CurlOptions options;
};

Result<CurlTarget> make_target(const Connection& connection, CurlOptions options);

/// One transfer: the easy handle with all that it points to, and what came and was not yet handed
/// on.
class CurlHandle {
 public:
  /// `target` must outlive it.
  CurlHandle(const CurlTarget& target, Request request, ResponseHandler& handler);
  ~CurlHandle();
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  CURL* easy() const { return easy_; }
  ResponseHandler& handler() const { return *handler_; }
  Fault fault(CURLcode code) const;

  std::optional<ResponseHead> head;  // complete
  /// Takes the next slice of the body; empty where there is none.
  std::string take_body();
  bool has_body() const { return handed_on_ < body_.size(); }
  std::optional<CURLcode> result;  // from the beginning, where it cannot be sent at all

 private:
  static std::size_t on_header(char* bytes, std::size_t one, std::size_t size, void* self) noexcept;
  static std::size_t on_body(char* bytes, std::size_t one, std::size_t size, void* self) noexcept;
  static int on_socket(void*, curl_socket_t socket, curlsocktype) noexcept;

  template <typename T>
  void set(CURLoption option, T value);
  void add_header(const std::string& name, std::string_view value);
  void set_request();
  void set_connection();
  void set_tls();
  void take_header(std::string_view line);

  const CurlTarget& target_;
  Request request_;
  ResponseHandler* handler_;
  CURL* easy_ = nullptr;
  curl_slist* headers_ = nullptr;
  curl_slist* connect_to_ = nullptr;
  std::string url_;
  std::string body_;
  std::size_t handed_on_ = 0;
  ResponseHead collecting_;
  bool head_complete_ = false;
  std::string unsendable_;  // the header that cannot be sent
  char why_[CURL_ERROR_SIZE] = {};
};

/// libcurl's verdict in client-go's words.
Fault curl_fault(CURL* easy, CURLcode code, std::string_view why, const CurlTarget& target);

}  // namespace sts::kube
