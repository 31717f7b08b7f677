#pragma once

#include "kube/semantics/timestamp.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout {

enum class Verdict : std::uint8_t {
  kSettled,  // every pod is there, available, and at the revision that it is to have
  kMoving,   // the controller has something to do, and nothing known keeps it from that
  kBlocked,  // it goes no further without somebody's help
};
std::string_view to_string(Verdict verdict);  // "settled", "moving", "blocked"

/// Something that keeps the controller from going on, with what shows it and the way out. Texts
/// hold words of the cluster: to be escaped where they are written.
struct Blocker {
  std::string_view id;  // of blocker_kinds()
  std::string object;   // "pod/web-3", "statefulset/web"
  std::string message;
  std::vector<std::string> evidence;
  std::string way_out;  // a sentence
  std::string command;  // one line for a shell
};

/// What does no harm yet.
struct Hazard {
  std::string_view id;
  std::string message;
  std::string way_out;
};

enum class RevisionRole : std::uint8_t { kNone, kCurrent, kUpdate, kOther };
std::string_view to_string(RevisionRole role);  // "", "current", "update", "other"

struct ClaimCell {
  std::string name;
  std::string phase;  // "Bound", "Pending", "Lost", "Missing"; "" where it is not known
  std::string volume;
  std::string capacity;
};

struct PodRow {
  std::int64_t ordinal = 0;
  std::string name;
  bool exists = false;
  bool condemned = false;
  bool foreign = false;
  bool ready = false;
  bool available = false;
  std::string revision;
  RevisionRole role = RevisionRole::kNone;
  std::string status;  // kubectl's STATUS; "Missing" without a pod
  std::int64_t ready_containers = 0;
  std::int64_t containers = 0;
  std::int64_t restarts = 0;
  std::optional<std::chrono::seconds> last_restart;  // how long ago
  std::optional<std::chrono::seconds> age;
  std::string node;
  std::vector<std::string> ips;
  std::vector<std::string> images;
  std::vector<ClaimCell> claims;
};

struct Revision {
  std::string name;
  std::optional<std::int64_t> number;  // as `kubectl rollout history` counts
};

struct StatusReport {
  std::string name_space;
  std::string name;
  Verdict verdict = Verdict::kSettled;
  std::string pod_management;   // "OrderedReady", "Parallel"
  std::string update_strategy;  // "RollingUpdate", "OnDelete"
  std::int64_t desired = 0;
  std::int64_t ready = 0;
  std::int64_t available = 0;
  std::int64_t updated = 0;    // in range and at the update revision
  std::int64_t to_update = 0;  // desired without those that the partition keeps
  std::int64_t partition = 0;
  std::string partition_line;  // "" without a partition
  std::int64_t min_ready_seconds = 0;
  Revision current;
  Revision update;
  std::optional<std::chrono::seconds> age;
  std::vector<PodRow> pods;  // ascending, those out of range last
  std::vector<std::string> waits_for;
  std::vector<Blocker> blockers;
  std::vector<Hazard> hazards;
  std::vector<std::string> notes;  // what could not be read, and what follows from it
};

}  // namespace sts::rollout
