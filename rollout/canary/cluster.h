#pragma once

#include "kube/result.h"
#include "rollout/canary/action.h"
#include "rollout/canary/observation.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace sts::rollout::canary {

/// What became of a write that the server answered.
enum class Written : std::uint8_t {
  kDone,
  /// It is not, or no longer, the object that was read: 409 for another resourceVersion, 422 for
  /// another uid, 404 where it is gone (control plane 1.34.4 and 1.37.1). Read again.
  kConflict,
};

/// coordination.k8s.io/v1 Lease, as far as a lock needs it.
struct Lease {
  std::string resource_version;  // "" for one that is still to be created
  std::string holder;            // "" once it was released
  std::int64_t transitions = 0;
  std::chrono::seconds duration{60};
};

/// All that a driver does to the outside, for one set. Errors are those of the connection and of
/// the server; a driver may try again after each.
class Cluster {
 public:
  Cluster() = default;
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  virtual ~Cluster() = default;

  /// The set first, then the rest. Nothing where there is no such set.
  virtual Result<std::optional<Observation>> observe() = 0;
  virtual Result<Written> patch(const kube::StatefulSet& read, const Patch& patch) = 0;
  virtual Result<Written> remove(const Delete& pod) = 0;

  virtual Result<std::optional<Lease>> read_lease() = 0;
  /// Creates it, or updates the one of this resource version.
  virtual Result<Written> write_lease(const Lease& lease) = 0;
  virtual Result<Written> delete_lease(const Lease& lease) = 0;

  /// Of a clock that neither jumps nor stops while the machine runs.
  virtual std::chrono::seconds uptime() = 0;
};

}  // namespace sts::rollout::canary
