#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sts::kube {

/// The label that names a pod's ControllerRevision (apps/v1 ControllerRevisionHashLabelKey).
inline constexpr std::string_view kRevisionLabel = "controller-revision-hash";

/// state.terminated and lastState.terminated of a container.
struct Terminated {
  std::string reason;  // "Error", "OOMKilled", "Completed" …
  std::string message;
  std::int64_t exit_code = 0;
  std::int64_t signal = 0;
  std::optional<Time> finished;
};

/// A container's status, and what of its spec explains one. Containers without a status (the
/// kubelet has not seen the pod yet) have only `name`, `image` and `memory_limit`.
struct Container {
  std::string name;
  std::string image;         // as the spec has it
  std::string image_id;      // what really runs, with its digest
  std::string memory_limit;  // "" for none
  bool sidecar = false;      // an init container with restartPolicy Always
  bool seen = false;         // has a status
  bool ready = false;
  bool running = false;
  bool started = false;
  std::int64_t restarts = 0;
  std::string waiting_reason;  // "CrashLoopBackOff", "ImagePullBackOff"; "" when not waiting
  std::string waiting_message;
  std::optional<Terminated> terminated;
  std::optional<Terminated> last_terminated;
};

/// core/v1 Pod: what status, dns and canary look at.
struct Pod {
  Metadata meta;

  std::string node;
  std::string hostname;
  std::string subdomain;
  bool host_network = false;
  std::vector<Container> containers;
  std::vector<Container> init_containers;
  std::vector<std::string> claims;  // the PersistentVolumeClaims that its volumes name
  std::vector<std::string> scheduling_gates;
  std::optional<std::int64_t> grace_seconds;  // terminationGracePeriodSeconds

  std::string phase;
  std::string reason;  // "Evicted", "NodeLost" …
  std::string message;
  std::vector<std::string> ips;
  std::vector<Condition> conditions;

  static Result<Pod> from_json(const nlohmann::json& json);

  /// Its ControllerRevision; "" for none.
  const std::string& revision() const;
  bool terminating() const { return meta.deletion.has_value(); }
  /// The Ready condition is True (podutil.IsPodReady).
  bool ready() const;
  /// Ready for at least `min_ready_seconds` (podutil.IsPodAvailable).
  bool available(std::int64_t min_ready_seconds, Time now) const;
  /// Running and Ready, not terminating: isHealthy in stateful_set_utils.go.
  bool healthy() const;
  std::int64_t restarts() const;
  /// When a container ended last, of those that restarts() counts.
  std::optional<Time> last_restart() const;
};

}  // namespace sts::kube
