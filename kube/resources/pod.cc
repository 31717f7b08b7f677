#include "kube/resources/pod.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sts::kube {
namespace {

std::optional<Terminated> read_terminated(const Fields& state) {
  if (!state.has("terminated")) return std::nullopt;
  const Fields terminated = state.object("terminated");
  return Terminated{terminated.text("reason"), terminated.text("message"),
                    terminated.integer("exitCode", 0), terminated.integer("signal", 0),
                    terminated.time("finishedAt")};
}

void read_status(const Fields& status, Container& container) {
  container.seen = true;
  container.image_id = status.text("imageID");
  container.ready = status.boolean("ready").value_or(false);
  container.started = status.boolean("started").value_or(false);
  container.restarts = status.integer("restartCount", 0);
  const Fields state = status.object("state");
  container.running = state.has("running");
  const Fields waiting = state.object("waiting");
  container.waiting_reason = waiting.text("reason");
  container.waiting_message = waiting.text("message");
  container.terminated = read_terminated(state);
  container.last_terminated = read_terminated(status.object("lastState"));
}

std::vector<Container> read_containers(const Fields& spec, std::string_view list,
                                       const Fields& status, std::string_view statuses) {
  std::vector<Container> containers;
  spec.each(list, [&](const Fields& fields) {
    Container container;
    container.name = fields.text("name");
    container.image = fields.text("image");
    container.memory_limit = fields.object("resources").object("limits").text("memory");
    container.sidecar = fields.text("restartPolicy") == "Always";
    containers.push_back(std::move(container));
  });
  status.each(statuses, [&](const Fields& fields) {
    const std::string name = fields.text("name");
    const auto container =
        std::find_if(containers.begin(), containers.end(),
                     [&](const Container& candidate) { return candidate.name == name; });
    if (container != containers.end()) read_status(fields, *container);
  });
  return containers;
}

std::vector<std::string> read_ips(const Fields& status) {
  std::vector<std::string> ips;
  status.each("podIPs", [&](const Fields& ip) { ips.push_back(ip.text("ip")); });
  if (ips.empty() && status.has("podIP")) ips.push_back(status.text("podIP"));
  return ips;
}

}  // namespace

Result<Pod> Pod::from_json(const nlohmann::json& json) {
  const Fields root(json, "Pod");
  const Fields spec = root.object("spec");
  const Fields status = root.object("status");
  Pod pod;
  pod.meta = read_metadata(root);
  pod.node = spec.text("nodeName");
  pod.hostname = spec.text("hostname");
  pod.subdomain = spec.text("subdomain");
  pod.host_network = spec.boolean("hostNetwork").value_or(false);
  pod.containers = read_containers(spec, "containers", status, "containerStatuses");
  pod.init_containers = read_containers(spec, "initContainers", status, "initContainerStatuses");
  spec.each("volumes", [&](const Fields& volume) {
    const Fields claim = volume.object("persistentVolumeClaim");
    if (claim.has("claimName")) pod.claims.push_back(claim.text("claimName"));
  });
  spec.each("schedulingGates",
            [&](const Fields& gate) { pod.scheduling_gates.push_back(gate.text("name")); });
  pod.grace_seconds = spec.integer("terminationGracePeriodSeconds");
  pod.phase = status.text("phase");
  pod.reason = status.text("reason");
  pod.message = status.text("message");
  pod.ips = read_ips(status);
  pod.conditions = read_conditions(status);
  return checked(std::move(pod), root);
}

const std::string& Pod::revision() const { return meta.label(kRevisionLabel); }

bool Pod::ready() const {
  const Condition* const ready = find_condition(conditions, "Ready");
  return ready != nullptr && ready->status == "True";
}

bool Pod::available(std::int64_t min_ready_seconds, Time now) const {
  if (!ready()) return false;
  if (min_ready_seconds == 0) return true;
  const Condition* const condition = find_condition(conditions, "Ready");
  return condition->changed && *condition->changed + std::chrono::seconds(min_ready_seconds) <= now;
}

bool Pod::healthy() const { return phase == "Running" && ready() && !terminating(); }

namespace {

// As kubectl counts (pkg/printers/internalversion/printers.go, printPod, v0.34): init containers
// that have done their work are forgotten once the pod is initialised, sidecars are not.
template <typename Visit>
void each_counted(const Pod& pod, const Visit& visit) {
  const Condition* const initialised = find_condition(pod.conditions, "Initialized");
  const bool done = initialised != nullptr && initialised->status == "True";
  for (const Container& container : pod.containers) visit(container);
  for (const Container& container : pod.init_containers) {
    if (!done || container.sidecar) visit(container);
  }
}

}  // namespace

std::int64_t Pod::restarts() const {
  std::int64_t sum = 0;
  each_counted(*this, [&](const Container& container) { sum += container.restarts; });
  return sum;
}

std::optional<Time> Pod::last_restart() const {
  std::optional<Time> last;
  each_counted(*this, [&](const Container& container) {
    if (!container.last_terminated) return;
    const auto& finished = container.last_terminated->finished;
    if (finished && (!last || *last < *finished)) last = finished;
  });
  return last;
}

}  // namespace sts::kube
