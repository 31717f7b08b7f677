#pragma once

#include "rollout/canary/cluster.h"
#include "rollout/canary/decide.h"
#include "rollout/canary/lock.h"

#include <functional>
#include <optional>
#include <string>

namespace sts::rollout::canary {

/// What the gates say of the stage that `state` soaks in. Called at every tick of a soak; does not
/// block.
using AskGates = std::function<GateVerdict(const Observation&, const State&)>;

struct DriverSettings {
  std::string holder;  // unique among drivers: machine, boot, process and its start
  std::chrono::seconds lease{60};
  IsGone is_gone;
  AskGates gates;  // none: every stage passes by its pods alone
};

/// Carries a canary that has begun to its end, one tick after the other. What it remembers only
/// makes it more careful: another driver can go on at any time with what the cluster has.
class Driver {
 public:
  Driver(Cluster& cluster, DriverSettings settings);

  /// Reads everything, decides, does at most one thing to the set or its pods, and says which.
  /// Wait, also after a conflict: come again. Done: no further tick will do anything unasked.
  Result<Action> tick(Request request = Request::kNone);

  void release() { lock_.release(); }

 private:
  Result<Action> perform(const Observation& observed, Action action);
  Result<Action> perform_patch(const Observation& observed, Patch patch);
  std::optional<Done> without_state() const;
  Result<State> read_state(const std::string& text);
  void correct_clock(Observation& observed);

  Cluster& cluster_;
  const DriverSettings settings_;
  Lock lock_;
  std::string known_;      // the annotation as it was read or written last
  std::string attempted_;  // as a write may have left it whose answer was lost
  std::optional<State> state_;
  std::optional<Phase> ending_;
  struct Clock {
    kube::Time server;
    std::chrono::seconds own;
  };
  std::optional<Clock> last_;
};

}  // namespace sts::rollout::canary
