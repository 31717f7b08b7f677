#pragma once

#include "kube/api/errors.h"

#include <memory>
#include <optional>
#include <utility>

namespace sts::kube {

/// Something that the client does over several turns of the loop. Destroying it cancels.
class Operation {
 public:
  virtual ~Operation() = default;
};

/// A request under way, or its answer. Several can be under way at a time:
///
///     auto sets = client.get(kStatefulSets, ns, name);
///     auto version = client.server_version();
///     client.wait(sets, version);   // or loop.run_until(…), asking done()
///
/// Destroying it cancels what is under way. It must not outlive its client.
template <typename T>
class Pending {
 public:
  struct State {
    std::optional<ApiResult<T>> result;
    std::unique_ptr<Operation> operation;  // destroyed first: it writes to `result`
  };

  explicit Pending(std::unique_ptr<State> state) : state_(std::move(state)) {}

  bool done() const { return state_->result.has_value(); }
  /// Only once it is done().
  ApiResult<T>& result() { return *state_->result; }
  const ApiResult<T>& result() const { return *state_->result; }
  /// Gives up: the result is kInterrupted if there is none yet.
  void abandon() {
    state_->operation.reset();
    if (!done()) state_->result = tl::unexpected<ApiError>(interrupted());
  }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace sts::kube
