#include "kube/api/curl_handle.h"

#include "kube/api/percent.h"

#include <algorithm>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <new>
#include <string.h>
#include <sys/socket.h>
#include <utility>

namespace sts::kube {
namespace {

// A peer that acknowledges nothing for so long is gone: TCP by itself would wait a quarter of an
// hour. client-go finds out by HTTP/2 pings after 30 s + 15 s (apimachinery v0.34, util/net).
constexpr unsigned kPeerTimeout = 45'000;
constexpr long kKeepaliveIdle = 30;
constexpr long kKeepaliveInterval = 15;

curl_blob blob(const std::string& bytes) {
  // libcurl does not write to it; the string outlives the handle.
  return {const_cast<char*>(bytes.data()), bytes.size(), CURL_BLOB_NOCOPY};
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

CurlHandle::CurlHandle(const CurlTarget& target, Request request, ResponseHandler& handler)
    : target_(target), request_(std::move(request)), handler_(&handler), easy_(curl_easy_init()) {
  if (easy_ == nullptr) throw std::bad_alloc();
  set_request();
  set_connection();
  if (target_.tls) set_tls();
}

CurlHandle::~CurlHandle() {
  curl_easy_cleanup(easy_);
  for (curl_slist* header = headers_; header != nullptr; header = header->next) {
    explicit_bzero(header->data, strlen(header->data));  // one of them is Authorization
  }
  curl_slist_free_all(headers_);
  curl_slist_free_all(connect_to_);
}

template <typename T>
void CurlHandle::set(CURLoption option, T value) {
  // What libcurl lacks was found out by make_target(); a bad value shows in the transfer's result.
  curl_easy_setopt(easy_, option, value);
}

void CurlHandle::add_header(const std::string& name, std::string_view value) {
  // A line break would begin a header of somebody else's making. Go refuses such a request, too.
  const auto control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; };
  if (std::any_of(value.begin(), value.end(), control)) {
    unsendable_ = name;
    result = CURLE_BAD_FUNCTION_ARGUMENT;
    return;
  }
  std::string line = name;
  line.append(value.empty() ? ";" : ": ").append(value);  // libcurl's way to send an empty one
  curl_slist* const longer = curl_slist_append(headers_, line.c_str());
  explicit_bzero(line.data(), line.size());
  if (longer == nullptr) throw std::bad_alloc();
  headers_ = longer;
}

void CurlHandle::set_request() {
  url_ = target_.base + request_.path;
  char separator = request_.path.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [key, value] : request_.query) {
    url_ += separator;
    url_ += percent_encoded(key) + "=" + percent_encoded(value);
    separator = '&';
  }
  set(CURLOPT_URL, url_.c_str());
  // Dots in a path are the server's to judge: "/../" in a name must not climb out of it.
  set(CURLOPT_PATH_AS_IS, 1L);
  if (request_.method != Method::kGet) {
    if (request_.method == Method::kPost || !request_.body.empty()) {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
      set(CURLOPT_POSTFIELDS, request_.body.data());
    }
    set(CURLOPT_CUSTOMREQUEST, std::string(to_string(request_.method)).c_str());
  }
  // On a connection that turns out to be dead libcurl sends a request again, as it must be done for
  // a read, and must not for a write.
  if (!request_.is_read()) set(CURLOPT_FRESH_CONNECT, 1L);
  for (const Header& header : request_.headers) add_header(header.name, header.value);
  if (request_.identity && !request_.identity->authorization.empty()) {
    add_header("Authorization", request_.identity->authorization);
  }
  if (!target_.connect_to.empty()) add_header("Host", target_.host);
  headers_ = curl_slist_append(headers_, "Expect:");
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_USERAGENT, target_.options.user_agent.c_str());
  // The server flushes each event; compressing would only hold it back.
  if (target_.compression && !request_.stream) set(CURLOPT_ACCEPT_ENCODING, "gzip");

  set(CURLOPT_HEADERFUNCTION, &CurlHandle::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &CurlHandle::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_ERRORBUFFER, static_cast<char*>(why_));
}

void CurlHandle::set_connection() {
  set(CURLOPT_NOSIGNAL, 1L);
  // Do not wait for a resolver that hangs when the handle goes.
  set(CURLOPT_QUICK_EXIT, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(target_.options.connect_timeout.count()));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(target_.options.http1_only ? CURL_HTTP_VERSION_1_1
                                                                         : CURL_HTTP_VERSION_2TLS));
  // Requests that begin together share one connection.
  set(CURLOPT_PIPEWAIT, 1L);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_TCP_KEEPIDLE, kKeepaliveIdle);
  set(CURLOPT_TCP_KEEPINTVL, kKeepaliveInterval);
  set(CURLOPT_SOCKOPTFUNCTION, &CurlHandle::on_socket);
  // Set, if empty, so that libcurl does not read the environment: that was done by Go's rules.
  set(CURLOPT_PROXY, target_.proxy.c_str());
  set(CURLOPT_NOPROXY, "");
  if (target_.proxy.starts_with("https://") && !target_.ca_file.empty()) {
    set(CURLOPT_PROXY_CAINFO, target_.ca_file.c_str());
  }
  if (!target_.connect_to.empty()) {
    connect_to_ = curl_slist_append(nullptr, target_.connect_to.c_str());
    set(CURLOPT_CONNECT_TO, connect_to_);
  }
}

void CurlHandle::set_tls() {
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!target_.verify) {
    set(CURLOPT_SSL_VERIFYPEER, 0L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);
  } else if (!target_.ca_pem.empty()) {
    const curl_blob ca = blob(target_.ca_pem);
    set(CURLOPT_CAINFO_BLOB, &ca);
  } else if (!target_.ca_file.empty()) {
    set(CURLOPT_CAINFO, target_.ca_file.c_str());
  }
  if (request_.identity && !request_.identity->certificate_pem.empty()) {
    const curl_blob certificate = blob(request_.identity->certificate_pem);
    const curl_blob key = blob(request_.identity->key_pem);
    set(CURLOPT_SSLCERTTYPE, "PEM");
    set(CURLOPT_SSLKEYTYPE, "PEM");
    set(CURLOPT_SSLCERT_BLOB, &certificate);
    set(CURLOPT_SSLKEY_BLOB, &key);
  }
}

int CurlHandle::on_socket(void*, curl_socket_t socket, curlsocktype) noexcept {
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &kPeerTimeout, sizeof kPeerTimeout);
  return CURL_SOCKOPT_OK;
}

std::size_t CurlHandle::on_header(char* bytes, std::size_t, std::size_t size, void* self) noexcept {
  try {
    static_cast<CurlHandle*>(self)->take_header({bytes, size});
    return size;
  } catch (...) {
    return 0;  // out of memory: the transfer fails
  }
}

std::size_t CurlHandle::on_body(char* bytes, std::size_t, std::size_t size, void* self) noexcept {
  try {
    static_cast<CurlHandle*>(self)->body_.append(bytes, size);
    return size;
  } catch (...) {
    return 0;
  }
}

std::string CurlHandle::take_body() {
  // Between two slices the loop looks at signals and timers: what a handler does with one must not
  // take long. It is 0.3 ms for a slice of a list.
  constexpr std::size_t kSlice = std::size_t{32} << 10;
  std::string slice = body_.substr(handed_on_, kSlice);
  handed_on_ += slice.size();
  if (handed_on_ == body_.size()) {
    body_.clear();
    handed_on_ = 0;
  }
  return slice;
}

void CurlHandle::take_header(std::string_view line) {
  if (head_complete_) return;  // a trailer
  if (line.starts_with("HTTP/")) {
    collecting_ = {};
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return;
    const std::string_view digits = line.substr(space + 1, 3);
    std::from_chars(digits.data(), digits.data() + digits.size(), collecting_.status);
    return;
  }
  const std::string_view text = trimmed(line);
  if (!text.empty()) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return;
    collecting_.headers.push_back(
        {std::string(text.substr(0, colon)), std::string(trimmed(text.substr(colon + 1)))});
    return;
  }
  if (collecting_.status < 200) return;  // "100 Continue": the real one follows
  head_complete_ = true;
  head = std::move(collecting_);
}

Fault CurlHandle::fault(CURLcode code) const {
  if (!unsendable_.empty()) {
    return {FaultKind::kCredentials,
            "net/http: invalid header field value for \"" + unsendable_ + "\""};
  }
  return curl_fault(easy_, code, why_, target_);
}

}  // namespace sts::kube
