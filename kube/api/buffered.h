#pragma once

#include "kube/api/call.h"
#include "kube/api/client.h"
#include "kube/api/pending.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace sts::kube {

/// A call whose answer is one text, kept whole and then understood.
template <typename T>
class Buffered final : public Operation, private Call::Consumer {
 public:
  using Understand = std::function<ApiResult<T>(const Attempt&, std::string)>;

  struct Plan {
    Attempt attempt;
    Request request;
    Understand understand;
    std::size_t most = std::size_t{16} << 20;
    bool cut = false;  // what is beyond `most` is not wanted; otherwise it is an error
  };

  static Pending<T> begin(Client& client, Plan plan) {
    auto state = std::make_unique<typename Pending<T>::State>();
    state->operation = std::make_unique<Buffered>(client, std::move(plan), state->result);
    return Pending<T>(std::move(state));
  }
  /// One that failed before anything was sent.
  static Pending<T> refuse(ApiError error) {
    auto state = std::make_unique<typename Pending<T>::State>();
    state->result = tl::unexpected<ApiError>(std::move(error));
    return Pending<T>(std::move(state));
  }

  Buffered(Client& client, Plan plan, std::optional<ApiResult<T>>& result)
      : result_(result), understand_(std::move(plan.understand)), most_(plan.most), cut_(plan.cut) {
    const ClientOptions& options = client.options();
    Call::Limits limits{options.silence, options.silence, std::nullopt, true};
    if (options.request_timeout.count() > 0) {
      limits.deadline = client.loop().clock().now() + options.request_timeout;
    }
    call_ = std::make_unique<Call>(client, std::move(plan.attempt), std::move(plan.request), limits,
                                   static_cast<Call::Consumer&>(*this));
  }

 private:
  void begin() override { body_.clear(); }
  void body(std::string_view bytes) override {
    body_.append(bytes.substr(0, most_ - std::min(most_, body_.size()) + 1));
    if (body_.size() <= most_) return;
    if (cut_) {
      body_.resize(most_);
      end();
    } else {
      finish(tl::unexpected<ApiError>(malformed(call_->attempt(), "it is too long")));
    }
  }
  void end() override { finish(understand_(call_->attempt(), std::move(body_))); }
  void failed(const ApiError& error) override { finish(tl::unexpected<ApiError>(error)); }
  void finish(ApiResult<T> result) {
    call_.reset();
    result_ = std::move(result);
  }

  std::optional<ApiResult<T>>& result_;
  Understand understand_;
  std::size_t most_;
  bool cut_;
  std::string body_;
  std::unique_ptr<Call> call_;
};

/// Accept: application/json, and nothing else.
Request json_request(Method method, std::string path);

}  // namespace sts::kube
