#pragma once

#include "rollout/canary/cluster.h"
#include "rollout/rehearsal/world.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sts::rollout::rehearsal {

/// One request that a driver made, as an audit log would have it.
struct Request {
  enum class Verb : std::uint8_t { kPatch, kDelete };
  Verb verb = Verb::kPatch;
  std::string who;
  int status = 200;
  std::string uid;  // the preconditions
  std::string resource_version;
  canary::Patch patch;
  canary::Delete pod;
};

/// The API server of a World: its rules for the requests of a canary.
struct Server {
  World world;
  std::optional<canary::Lease> lease;
  /// Of a PodDisruptionBudget: so many pods may be unavailable.
  std::optional<std::int64_t> budget;
  std::vector<Request> requests;
  /// Sees every request that changed something, with the world before it.
  std::function<void(const World& before, const Request&)> audit;
};

/// A driver's connection to it.
class Client : public canary::Cluster {
 public:
  Client(Server& server, std::string who) : server_(server), who_(std::move(who)) {}

  Result<std::optional<canary::Observation>> observe() override;
  Result<canary::Written> patch(const kube::StatefulSet& read, const canary::Patch& patch) override;
  Result<canary::Written> remove(const canary::Delete& pod) override;
  Result<std::optional<canary::Lease>> read_lease() override { return server_.lease; }
  Result<canary::Written> write_lease(const canary::Lease& lease) override;
  Result<canary::Written> delete_lease(const canary::Lease& lease) override;
  std::chrono::seconds uptime() override { return server_.world.now.time_since_epoch(); }

  /// Called before and after every write; may throw, as a driver that is killed there.
  std::function<void()> around;
  /// Added to the server's time in its answers.
  std::chrono::seconds skew{0};

 private:
  int apply(const kube::StatefulSet& read, const canary::Patch& patch);
  int apply(const canary::Delete& pod);
  canary::Written answer(Request request, const std::function<int()>& apply);

  Server& server_;
  const std::string who_;
};

/// A write of the set by others, the controller's status included, has a resource version of its
/// own.
void touch_status(World& world);

}  // namespace sts::rollout::rehearsal
