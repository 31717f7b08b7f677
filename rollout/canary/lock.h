#pragma once

#include "rollout/canary/cluster.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace sts::rollout::canary {

/// Is this holder known to live no more, as one on the same machine can be?
using IsGone = std::function<bool(const std::string& holder)>;

/// The Lease that keeps a second driver out. As client-go's leader election (tools/leaderelection,
/// v0.34): another holder's time is measured by the own clock, from the last change that was seen
/// of the Lease, since clocks of two machines are never compared. That alone is no fence; the epoch
/// in the set's annotation is.
class Lock {
 public:
  Lock(Cluster& cluster, std::string holder, std::chrono::seconds duration, IsGone is_gone)
      : cluster_(cluster),
        holder_(std::move(holder)),
        duration_(duration),
        is_gone_(std::move(is_gone)) {}

  /// Takes the Lease, renews it, or finds that another holds it. The epoch is above `least`.
  Result<bool> hold(std::int64_t least);
  /// Held, and for so long yet that a write reaches the server in time.
  bool held() const;
  std::int64_t epoch() const { return epoch_; }
  const std::string& other() const { return other_; }

  /// For others to take at once.
  void release();
  /// The canary has ended.
  void remove();

 private:
  Result<bool> take(const std::optional<Lease>& lease, std::int64_t least);
  bool is_free(const Lease& lease);

  Cluster& cluster_;
  const std::string holder_;
  const std::chrono::seconds duration_;
  const IsGone is_gone_;
  std::int64_t epoch_ = 0;
  std::optional<std::chrono::seconds> renewed_;  // uptime; none: not held
  std::string other_;
  std::string seen_version_;
  std::chrono::seconds seen_at_{0};
};

}  // namespace sts::rollout::canary
