#include "kube/api/list.h"

#include "kube/api/buffered.h"
#include "kube/api/call.h"
#include "kube/api/client.h"
#include "kube/api/json_text.h"
#include "kube/api/object_stream.h"

#include <utility>

namespace sts::kube {
namespace {

/// Page after page. An expired token begins the list again, then without pages, which cannot expire
/// (client-go v0.34, tools/pager/pager.go, FullListIfExpired).
class ListOperation final : public Operation, private Call::Consumer {
 public:
  ListOperation(Client& client, Attempt attempt, Request request, int page_size, ListSink sink,
                std::function<void(ApiResult<Listed>)> done)
      : client_(client),
        attempt_(std::move(attempt)),
        request_(std::move(request)),
        page_size_(page_size),
        sink_(std::move(sink)),
        done_(std::move(done)) {
    const Milliseconds timeout = client.options().request_timeout;
    if (timeout.count() > 0) deadline_ = client.loop().clock().now() + timeout;
    ask();
  }
  ~ListOperation() override { *alive_ = false; }
  ListOperation(const ListOperation&) = delete;
  ListOperation& operator=(const ListOperation&) = delete;

 private:
  void ask() {
    Request request = request_;
    if (page_size_ > 0) request.query.emplace_back("limit", std::to_string(page_size_));
    if (!continue_.empty()) request.query.emplace_back("continue", continue_);
    const Milliseconds silence = client_.options().silence;
    call_ = std::make_unique<Call>(client_, attempt_, std::move(request),
                                   Call::Limits{silence, silence, deadline_, true},
                                   static_cast<Call::Consumer&>(*this));
  }

  void begin() override {
    envelope_.reset();
    stream_.emplace(ObjectStream::Shape::kList,
                    ObjectStream::Sink{[this](std::string_view text) { return item(text); },
                                       [this](std::string_view text) { return around(text); }});
  }

  void body(std::string_view bytes) override {
    if (stream_->feed(bytes) == ObjectStream::Fed::kBroken) fail_with(stream_->error());
  }

  bool item(std::string_view text) {
    auto meta = read_meta(text);
    if (!meta) {
      fail_with(meta.error().message);
      return false;
    }
    ++listed_.count;
    const auto alive = alive_;
    sink_.item({text, std::move(*meta)});
    return *alive;
  }

  bool around(std::string_view text) {
    envelope_ = read_envelope(text);
    return true;
  }

  void end() override {
    if (!stream_->complete()) {
      fail_with("the list ends in the middle");
    } else if (!envelope_ || !envelope_->kind.ends_with("List")) {
      fail_with("it is no list");
    } else if (!envelope_->continue_token.empty()) {
      continue_ = envelope_->continue_token;
      ask();
    } else {
      listed_.resource_version = envelope_->resource_version;
      finish(std::move(listed_));
    }
  }

  void failed(const ApiError& error) override {
    if (error.kind != ApiErrorKind::kExpired || continue_.empty()) {
      finish(tl::unexpected<ApiError>(error));
      return;
    }
    continue_.clear();
    page_size_ = 0;
    listed_ = {};
    const auto alive = alive_;
    if (sink_.restart) sink_.restart();
    if (*alive) ask();
  }

  void fail_with(std::string_view why) {
    finish(tl::unexpected<ApiError>(malformed(call_->attempt(), why)));
  }

  void finish(ApiResult<Listed> result) {
    call_.reset();
    const auto done = std::move(done_);  // it may destroy us
    done(std::move(result));
  }

  Client& client_;
  Attempt attempt_;
  Request request_;
  int page_size_;
  ListSink sink_;
  std::function<void(ApiResult<Listed>)> done_;
  std::optional<Instant> deadline_;
  std::string continue_;
  Listed listed_;
  std::optional<ObjectStream> stream_;
  std::optional<Envelope> envelope_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::unique_ptr<Call> call_;
};

}  // namespace

std::unique_ptr<Operation> start_list(Client& client, const Resource& resource, std::string_view ns,
                                      const ListOptions& options, ListSink sink,
                                      std::function<void(ApiResult<Listed>)> done) {
  Attempt attempt;
  attempt.verb = "list";
  attempt.resource = group_resource(resource);
  if (resource.namespaced) attempt.ns = ns;
  Request request = json_request(Method::kGet, path_of(resource, ns));
  if (options.metadata_only) {
    request.headers.front().value =
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  }
  if (!options.label_selector.empty()) {
    request.query.emplace_back("labelSelector", options.label_selector);
  }
  if (!options.field_selector.empty()) {
    request.query.emplace_back("fieldSelector", options.field_selector);
  }
  return std::make_unique<ListOperation>(client, std::move(attempt), std::move(request),
                                         options.page_size, std::move(sink), std::move(done));
}

Pending<Listed> Client::list(const Resource& resource, std::string_view ns,
                             const ListOptions& options, ListSink sink) {
  auto state = std::make_unique<Pending<Listed>::State>();
  auto& result = state->result;
  state->operation =
      start_list(*this, resource, ns, options, std::move(sink),
                 [&result](ApiResult<Listed> listed) { result = std::move(listed); });
  return Pending<Listed>(std::move(state));
}

}  // namespace sts::kube
