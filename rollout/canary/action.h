#pragma once

#include "rollout/canary/state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace sts::rollout::canary {

/// What a human asks of a canary. It reaches a running driver by the annotation kRequestAnnotation.
enum class Request : std::uint8_t {
  kNone,
  kPause,
  kResume,
  kPromote,      // on to the next step: no more soaking in this one
  kPromoteFull,  // on to all pods: no more soaks and pauses; pods are still verified one by one
  kAbort,
  kRollback,
};
std::string_view to_string(Request request);
/// "pause", "promote-full" …; nothing for other words.
std::optional<Request> parse_request(std::string_view word);

/// What all gates together say of the stage that is soaking; kPass where there are no gates.
enum class GateVerdict : std::uint8_t { kNone, kPass, kFail, kInconclusive, kError };

/// Nothing to do until something changes, or until that time.
struct Wait {
  std::string why;
  std::optional<kube::Time> until;
};

/// One PATCH of the set: metadata.uid and metadata.resourceVersion of the set that was observed,
/// the fields below, and the state's annotation. What is empty stays as it is.
struct Patch {
  std::string why;
  std::optional<std::int64_t> partition;
  std::string restore;            // the ControllerRevision whose data becomes the template
  std::string pod_template;       // a new template, as JSON
  std::optional<State> state;     // none: the annotation is removed, the canary has ended
  Phase ends = Phase::kComplete;  // of a patch that removes the state: how it has ended
  bool obeys = false;             // the request is done: its annotation goes, too
  bool fences = false;            // writes nothing but the driver's epoch
};

/// DELETE of a pod with both preconditions and its own grace period.
struct Delete {
  std::string why;
  std::string pod;
  std::string uid;
  std::string resource_version;
};

/// The gates of this stage are to be asked; decide again with their verdict.
struct RunGates {};

/// The driver's work is over.
struct Done {
  Phase phase = Phase::kComplete;
  int exit_code = 0;
  std::string why;
};

using Action = std::variant<Wait, Patch, Delete, RunGates, Done>;

/// 0 complete, 3 paused, 4 failed, 5 back at the baseline, 6 interfered, 9 stuck; 10 while it goes
/// on.
int exit_code(Phase phase);
inline constexpr int kLockedExitCode = 7;

}  // namespace sts::rollout::canary
