#include "kube/api/curl_transport.h"

#include "kube/api/curl_handle.h"

#include <cstdint>
#include <map>
#include <new>
#include <utility>
#include <vector>

namespace sts::kube {

class CurlTransport::Impl {
 public:
  explicit Impl(CurlTarget target) : target_(std::move(target)), multi_(curl_multi_init()) {
    if (multi_ == nullptr) throw std::bad_alloc();
  }
  ~Impl() {
    for (const auto& [id, handle] : handles_) curl_multi_remove_handle(multi_, handle->easy());
    handles_.clear();
    curl_multi_cleanup(multi_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const CurlTarget& target() const { return target_; }

  std::uint64_t add(Request request, ResponseHandler& handler) {
    auto handle = std::make_unique<CurlHandle>(target_, std::move(request), handler);
    if (!handle->result && curl_multi_add_handle(multi_, handle->easy()) != CURLM_OK) {
      throw std::bad_alloc();
    }
    handles_.emplace(++last_id_, std::move(handle));
    return last_id_;
  }

  void drop(std::uint64_t id) {
    const auto found = handles_.find(id);
    if (found == handles_.end()) return;
    curl_multi_remove_handle(multi_, found->second->easy());
    handles_.erase(found);
  }

  void wait(Milliseconds at_most, int fd) {
    if (deliver()) return;  // before more is read, so that no backlog grows
    perform();
    if (deliver()) return;
    curl_waitfd extra{fd, CURL_WAIT_POLLIN, 0};
    const unsigned extras = fd >= 0 ? 1 : 0;
    curl_multi_poll(multi_, &extra, extras, static_cast<int>(at_most.count()), nullptr);
    perform();
    deliver();
  }

 private:
  // libcurl's callbacks only collect; it must not be called from within them.
  void perform() {
    int running = 0;
    curl_multi_perform(multi_, &running);
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      void* handle = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &handle);
      static_cast<CurlHandle*>(handle)->result = message->data.result;
    }
  }

  CurlHandle* find(std::uint64_t id) {
    const auto found = handles_.find(id);
    return found == handles_.end() ? nullptr : found->second.get();
  }

  // Hands on what came. A handler may drop any exchange and begin others, so each is looked up
  // again after every call. True if there was something.
  bool deliver() {
    std::vector<std::uint64_t> ready;
    for (const auto& [id, handle] : handles_) {
      if (handle->head || handle->has_body() || handle->result) ready.push_back(id);
    }
    for (const std::uint64_t id : ready) deliver(id);
    return !ready.empty();
  }

  void deliver(std::uint64_t id) {
    CurlHandle* handle = find(id);
    if (handle != nullptr && handle->head) {
      const auto head = std::exchange(handle->head, std::nullopt);
      handle->handler().on_head(*head);
      handle = find(id);
    }
    if (handle != nullptr && handle->has_body()) {
      const std::string slice = handle->take_body();
      handle->handler().on_body(slice);
      handle = find(id);
    }
    if (handle != nullptr && handle->result && !handle->has_body()) {
      const CURLcode code = *handle->result;
      handle->result.reset();
      std::optional<Fault> fault;
      if (code != CURLE_OK) fault = handle->fault(code);
      handle->handler().on_end(fault);
    }
  }

  const CurlTarget target_;
  CURLM* multi_;
  std::map<std::uint64_t, std::unique_ptr<CurlHandle>> handles_;
  std::uint64_t last_id_ = 0;
};

namespace {

class CurlExchange final : public Exchange {
 public:
  CurlExchange(CurlTransport::Impl& impl, std::uint64_t id) : impl_(impl), id_(id) {}
  ~CurlExchange() override { impl_.drop(id_); }
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

 private:
  CurlTransport::Impl& impl_;
  std::uint64_t id_;
};

}  // namespace

Result<std::unique_ptr<CurlTransport>> CurlTransport::make(const Connection& connection,
                                                           CurlOptions options) {
  auto target = make_target(connection, std::move(options));
  if (!target) return tl::unexpected<Error>(target.error());
  return std::unique_ptr<CurlTransport>(
      new CurlTransport(std::make_unique<Impl>(std::move(*target))));
}

CurlTransport::CurlTransport(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CurlTransport::~CurlTransport() = default;

std::unique_ptr<Exchange> CurlTransport::start(Request request, ResponseHandler& handler) {
  const std::uint64_t id = impl_->add(std::move(request), handler);
  return std::make_unique<CurlExchange>(*impl_, id);
}

std::string CurlTransport::host() const { return impl_->target().host; }

void CurlTransport::wait(Milliseconds at_most, int fd) { impl_->wait(at_most, fd); }

}  // namespace sts::kube
