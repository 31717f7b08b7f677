#include "rollout/canary/driver.h"

#include <algorithm>
#include <utility>

namespace sts::rollout::canary {
namespace {

std::string annotation(const kube::StatefulSet& set, std::string_view key) {
  const auto found = set.meta.annotations.find(std::string(key));
  return found == set.meta.annotations.end() ? "" : found->second;
}

Done interfered(std::string why) {
  return {Phase::kInterfered, exit_code(Phase::kInterfered), std::move(why)};
}

}  // namespace

Driver::Driver(Cluster& cluster, DriverSettings settings)
    : cluster_(cluster),
      settings_(std::move(settings)),
      lock_(cluster, settings_.holder, settings_.lease, settings_.is_gone) {}

// A soak that this driver has seen begin lasts its time by this machine's steady clock, too,
// whatever the server's does.
void Driver::correct_clock(Observation& observed) {
  const std::chrono::seconds own = cluster_.uptime();
  if (last_) observed.now = std::min(observed.now, last_->server + (own - last_->own));
  last_ = Clock{observed.now, own};
}

Result<State> Driver::read_state(const std::string& text) {
  if (text == known_ && state_) return *state_;
  auto state = parse_state(text);
  if (state) state_ = *state;
  return state;
}

// Our own last write took it away, or somebody did.
std::optional<Done> Driver::without_state() const {
  if (ending_) return Done{*ending_, exit_code(*ending_), ""};
  if (known_.empty()) return Done{Phase::kComplete, 2, "no canary runs on this set"};
  return interfered("the annotation " + std::string(kStateAnnotation) + " was removed");
}

Result<Action> Driver::tick(Request request) {
  for (bool fresh = false;; fresh = true) {
    auto read = cluster_.observe();
    if (!read) return tl::unexpected(read.error());
    if (!*read) return Action(interfered("the set was deleted"));
    Observation& observed = **read;
    correct_clock(observed);

    const std::string text = annotation(observed.set, kStateAnnotation);
    if (text.empty()) return Action(*without_state());
    if (lock_.held() && !known_.empty() && text != known_ && text != attempted_) {
      return Action(interfered("the annotation " + std::string(kStateAnnotation) +
                               " was changed by somebody else"));
    }
    auto state = read_state(text);
    if (!state) return Action(interfered(state.error().message));
    known_ = text;

    const bool held = lock_.held();
    const auto holds = lock_.hold(state->epoch);
    if (!holds) return tl::unexpected(holds.error());
    if (!*holds) {
      return Action(Done{state->phase, kLockedExitCode, "driven by " + lock_.other()});
    }
    // What was read before the Lease was ours may be another driver's yesterday.
    if (!held && !fresh) continue;

    if (request == Request::kNone) {
      request = parse_request(annotation(observed.set, kRequestAnnotation)).value_or(request);
    }
    const GateVerdict gates =
        settings_.gates ? settings_.gates(observed, *state) : GateVerdict::kPass;
    Action action = decide({observed, *state, lock_.epoch(), request, gates});
    const auto* const patch = std::get_if<Patch>(&action);
    const bool fences = patch != nullptr && patch->fences;
    auto done = perform(observed, std::move(action));
    if (!done || !fences || !std::holds_alternative<Patch>(*done)) return done;
  }
}

Result<Action> Driver::perform(const Observation& observed, Action action) {
  const bool writes =
      std::holds_alternative<Patch>(action) || std::holds_alternative<Delete>(action);
  if (writes && !lock_.held()) return Action(Wait{"the Lease was not renewed in time", {}});
  if (auto* const patch = std::get_if<Patch>(&action)) {
    return perform_patch(observed, std::move(*patch));
  }
  if (const auto* const pod = std::get_if<Delete>(&action)) {
    const auto written = cluster_.remove(*pod);
    if (!written) return tl::unexpected(written.error());
    if (*written == Written::kConflict) return Action(Wait{pod->pod + " has changed", {}});
  }
  return action;
}

Result<Action> Driver::perform_patch(const Observation& observed, Patch patch) {
  attempted_ = patch.state ? to_json(*patch.state) : "";
  if (!patch.state) ending_ = patch.ends;
  const auto written = cluster_.patch(observed.set, patch);
  if (!written) return tl::unexpected(written.error());
  if (*written == Written::kConflict) {
    ending_.reset();
    attempted_.clear();
    return Action(Wait{"the set has changed", {}});
  }
  if (!patch.state) {
    lock_.remove();
    return Action(Done{patch.ends, exit_code(patch.ends), patch.why});
  }
  known_ = attempted_;
  state_ = patch.state;
  return Action(std::move(patch));
}

}  // namespace sts::rollout::canary
