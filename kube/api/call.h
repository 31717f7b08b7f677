#pragma once

#include "kube/api/client.h"
#include "kube/api/errors.h"
#include "kube/api/loop.h"
#include "kube/api/pending.h"
#include "kube/api/transport.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

/// One call of the client to the end: sends, minds the time, tries again where that is safe, and
/// hands on the body of the successful answer. The consumer may destroy the call in any of its
/// functions, for instance because the body is not what it should be.
class Call final : public Operation, private ResponseHandler {
 public:
  class Consumer {
   public:
    virtual ~Consumer() = default;
    /// The answer begins, and is a success.
    virtual void begin() {}
    virtual void body(std::string_view bytes) = 0;
    /// The body is complete. The last call, as is failed().
    virtual void end() = 0;
    virtual void failed(const ApiError& error) = 0;
  };

  struct Limits {
    Milliseconds head{0};     // no answer for so long; 0: no limit
    Milliseconds silence{0};  // no byte of the answer for so long; 0: no limit
    /// When all of it must be over; nothing: whenever.
    std::optional<Instant> deadline;
    bool retry = true;
  };

  /// The request starts at once. The consumer, transport and loop must outlive the call.
  Call(Client& client, Attempt attempt, Request request, Limits limits, Consumer& consumer);
  ~Call() override;
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const Attempt& attempt() const { return attempt_; }

 private:
  void on_head(const ResponseHead& head) override;
  void on_body(std::string_view bytes) override;
  void on_end(const std::optional<Fault>& fault) override;

  void send();
  void mind_silence();
  void fail_with(ApiError error);
  bool try_again(const ApiError& error, Milliseconds pause, int most);

  Client& client_;
  Attempt attempt_;
  Request request_;
  Limits limits_;
  Consumer& consumer_;
  std::unique_ptr<Exchange> exchange_;
  Instant last_byte_;
  Loop::TimerId silence_timer_ = 0;
  Loop::TimerId deadline_timer_ = 0;
  Loop::TimerId retry_timer_ = 0;
  int tries_ = 0;
  std::optional<ResponseHead> refused_;  // the head of an answer that is no success
  std::string refusal_;                  // its body
  bool begun_ = false;
};

}  // namespace sts::kube
