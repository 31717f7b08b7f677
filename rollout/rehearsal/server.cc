#include "rollout/rehearsal/server.h"

#include <algorithm>
#include <utility>

namespace sts::rollout::rehearsal {

using canary::Lease;
using canary::Written;

Result<std::optional<canary::Observation>> Client::observe() {
  const World& world = server_.world;
  canary::Observation observed;
  observed.set = world.set;
  observed.pods = world.pods;
  observed.revisions = world.revisions;
  observed.version = world.version;
  observed.now = world.now + skew;
  if (server_.budget) {
    const auto healthy = std::count_if(world.pods.begin(), world.pods.end(),
                                       [](const kube::Pod& pod) { return pod.healthy(); });
    observed.disruptions_allowed =
        std::max<std::int64_t>(0, *server_.budget - (world.set.replicas - healthy));
  }
  return std::optional(std::move(observed));
}

Written Client::answer(Request request, const std::function<int()>& apply) {
  if (around) around();
  std::optional<World> before;
  if (server_.audit) before = server_.world;
  request.who = who_;
  request.status = apply();
  const Written written = request.status == 200 ? Written::kDone : Written::kConflict;
  if (server_.audit && written == Written::kDone) server_.audit(*before, request);
  server_.requests.push_back(std::move(request));
  if (around) around();
  return written;
}

Result<Written> Client::patch(const kube::StatefulSet& read, const canary::Patch& patch) {
  Request request;
  request.uid = read.meta.uid;
  request.resource_version = read.meta.resource_version;
  request.patch = patch;
  return answer(std::move(request), [&] { return apply(read, patch); });
}

int Client::apply(const kube::StatefulSet& read, const canary::Patch& patch) {
  World& world = server_.world;
  kube::StatefulSet& set = world.set;
  if (read.meta.uid != set.meta.uid) return 422;
  if (read.meta.resource_version != set.meta.resource_version) return 409;
  const std::string old_template = set.pod_template;
  const std::int64_t old_partition = set.partition;
  if (!patch.pod_template.empty()) set.pod_template = patch.pod_template;
  if (!patch.restore.empty()) set.pod_template = world.revision(patch.restore)->data;
  if (patch.partition) set.partition = *patch.partition;
  if (patch.state) {
    set.meta.annotations[std::string(canary::kStateAnnotation)] = to_json(*patch.state);
  } else {
    set.meta.annotations.erase(std::string(canary::kStateAnnotation));
  }
  if (patch.obeys || !patch.state) {
    set.meta.annotations.erase(std::string(canary::kRequestAnnotation));
  }
  if (set.pod_template != old_template || set.partition != old_partition) {
    touch_spec(world);
  } else {
    touch_status(world);
  }
  return 200;
}

Result<Written> Client::remove(const canary::Delete& pod) {
  Request request;
  request.verb = Request::Verb::kDelete;
  request.uid = pod.uid;
  request.resource_version = pod.resource_version;
  request.pod = pod;
  return answer(std::move(request), [&] { return apply(pod); });
}

int Client::apply(const canary::Delete& pod) {
  const kube::Pod* const there = server_.world.pod(pod.pod);
  if (there == nullptr) return 404;
  if (there->meta.uid != pod.uid || there->meta.resource_version != pod.resource_version)
    return 409;
  delete_pod(server_.world, pod.pod);
  return 200;
}

Result<Written> Client::write_lease(const Lease& lease) {
  if (around) around();
  const std::string there = server_.lease ? server_.lease->resource_version : "";
  if (lease.resource_version != there) return Written::kConflict;
  server_.lease = lease;
  server_.lease->resource_version = server_.world.next_resource_version();
  if (around) around();
  return Written::kDone;
}

Result<Written> Client::delete_lease(const Lease& lease) {
  if (around) around();
  if (!server_.lease || server_.lease->resource_version != lease.resource_version) {
    return Written::kConflict;
  }
  server_.lease.reset();
  if (around) around();
  return Written::kDone;
}

void touch_status(World& world) { world.set.meta.resource_version = world.next_resource_version(); }

}  // namespace sts::rollout::rehearsal
