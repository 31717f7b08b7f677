#include "kube/api/call.h"

#include <algorithm>
#include <utility>

namespace sts::kube {
namespace {

constexpr std::size_t kMostRefusal = std::size_t{64} << 10;
constexpr int kMostTries = 10;  // client-go v0.34, rest/request.go, defaultMaxRetries
constexpr int kMostReconnects = 3;
constexpr Milliseconds kReconnectPause{1000};

bool is_success(int status) { return status >= 200 && status < 300; }

// Reads may be repeated whatever happened. A write only where the server says that it did nothing
// of it: 429 comes from before any handler, 503 from where there is none.
bool may_repeat(const Request& request, int status) {
  if (status == 429 || status == 503) return true;
  return request.is_read() && status >= 500;
}

}  // namespace

Call::Call(Client& client, Attempt attempt, Request request, Limits limits, Consumer& consumer)
    : client_(client),
      attempt_(std::move(attempt)),
      request_(std::move(request)),
      limits_(limits),
      consumer_(consumer) {
  attempt_.method = request_.method;
  attempt_.host = client_.transport().host();
  if (limits_.deadline) {
    const Instant now = client_.loop().clock().now();
    const auto left = std::chrono::ceil<Milliseconds>(*limits_.deadline - now);
    deadline_timer_ = client_.loop().after(std::max(left, Milliseconds(0)), [this] {
      fail_with(timed_out(attempt_, client_.options().request_timeout,
                          begun_ ? "complete response" : "response"));
    });
  }
  send();
}

Call::~Call() {
  Loop& loop = client_.loop();
  loop.cancel(silence_timer_);
  loop.cancel(deadline_timer_);
  loop.cancel(retry_timer_);
}

void Call::send() {
  ++tries_;
  refused_.reset();
  refusal_.clear();
  last_byte_ = client_.loop().clock().now();
  client_.loop().cancel(silence_timer_);
  mind_silence();
  exchange_ = client_.transport().start(request_, *this);
}

// One timer that looks at the last byte's time, instead of one that every byte would move.
void Call::mind_silence() {
  const bool answered = begun_ || refused_;
  const Milliseconds limit = answered ? limits_.silence : limits_.head;
  if (limit.count() == 0) return;
  Loop& loop = client_.loop();
  const auto left = std::chrono::ceil<Milliseconds>(last_byte_ + limit - loop.clock().now());
  if (left.count() <= 0) {
    fail_with(timed_out(attempt_, limit, answered ? "more of its response" : "response"));
    return;
  }
  silence_timer_ = loop.after(left, [this] { mind_silence(); });
}

void Call::on_head(const ResponseHead& head) {
  last_byte_ = client_.loop().clock().now();
  begun_ = is_success(head.status);
  if (!begun_) refused_ = head;
  // From here on another limit holds, which may be the shorter one.
  client_.loop().cancel(silence_timer_);
  mind_silence();
  if (begun_) consumer_.begin();
}

void Call::on_body(std::string_view bytes) {
  last_byte_ = client_.loop().clock().now();
  if (refused_) {
    refusal_.append(bytes.substr(0, kMostRefusal - std::min(kMostRefusal, refusal_.size())));
    return;
  }
  consumer_.body(bytes);
}

void Call::on_end(const std::optional<Fault>& fault) {
  exchange_.reset();
  if (fault) {
    const bool lost = fault->kind == FaultKind::kClosed || fault->kind == FaultKind::kLost;
    ApiError error = error_from_fault(attempt_, *fault);
    const bool again = lost && request_.is_read() && !begun_ && !refused_;
    if (again && try_again(error, kReconnectPause, kMostReconnects)) return;
    fail_with(std::move(error));
    return;
  }
  if (refused_) {
    ApiError error = error_from_response(attempt_, *refused_, refusal_);
    // client-go looks at the header alone, not at the Status' retryAfterSeconds.
    const bool asked = !refused_->header("Retry-After").empty() && error.retry_after;
    if (asked && may_repeat(request_, error.status) &&
        try_again(error, *error.retry_after, kMostTries)) {
      return;
    }
    fail_with(std::move(error));
    return;
  }
  client_.loop().cancel(silence_timer_);
  client_.loop().cancel(deadline_timer_);
  consumer_.end();
}

bool Call::try_again(const ApiError& error, Milliseconds pause, int most) {
  Loop& loop = client_.loop();
  if (!limits_.retry || tries_ > most) return false;
  if (limits_.deadline && loop.clock().now() + pause >= *limits_.deadline) return false;
  loop.cancel(silence_timer_);
  retry_timer_ = loop.after(pause, [this] { send(); });
  if (client_.options().retrying) client_.options().retrying(error, pause);
  return true;
}

void Call::fail_with(ApiError error) {
  exchange_.reset();
  Loop& loop = client_.loop();
  loop.cancel(silence_timer_);
  loop.cancel(deadline_timer_);
  const ApiError last = std::move(error);  // the consumer may destroy us
  consumer_.failed(last);
}

}  // namespace sts::kube
