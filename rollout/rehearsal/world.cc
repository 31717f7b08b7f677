#include "rollout/rehearsal/world.h"

#include "rollout/rehearsal/controller.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sts::rollout::rehearsal {
namespace {

constexpr std::int64_t kDefaultGrace = 30;  // core/v1 defaults.go

std::vector<kube::Container> containers_in(const nlohmann::json& spec, const char* key) {
  std::vector<kube::Container> containers;
  const auto list = spec.find(key);
  if (list == spec.end() || !list->is_array()) return containers;
  for (const nlohmann::json& item : *list) {
    if (!item.is_object()) continue;
    kube::Container container;
    container.name = item.value("name", "");
    container.image = item.value("image", "");
    containers.push_back(std::move(container));
  }
  return containers;
}

}  // namespace

kube::Pod* World::pod(std::string_view name) {
  const auto found = std::find_if(pods.begin(), pods.end(),
                                  [&](const kube::Pod& each) { return each.meta.name == name; });
  return found == pods.end() ? nullptr : &*found;
}

const kube::ControllerRevision* World::revision(std::string_view name) const {
  const auto found =
      std::find_if(revisions.begin(), revisions.end(),
                   [&](const kube::ControllerRevision& each) { return each.meta.name == name; });
  return found == revisions.end() ? nullptr : &*found;
}

std::string World::next_resource_version() { return std::to_string(++writes); }

std::vector<kube::Container> containers_of(const std::string& pod_template) {
  const auto json = nlohmann::json::parse(pod_template, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return {};
  const auto spec = json.find("spec");
  if (spec == json.end() || !spec->is_object()) return {};
  return containers_in(*spec, "containers");
}

void touch_spec(World& world) {
  ++world.set.meta.generation;
  world.set.meta.resource_version = world.next_resource_version();
}

void delete_pod(World& world, std::string_view name) {
  kube::Pod* const pod = world.pod(name);
  if (pod == nullptr || pod->terminating()) return;
  if (pod->node.empty() || pod->phase == "Failed" || pod->phase == "Succeeded") {
    std::erase_if(world.pods, [&](const kube::Pod& each) { return &each == pod; });
    return;
  }
  pod->meta.deletion_grace_seconds = pod->grace_seconds.value_or(kDefaultGrace);
  pod->meta.deletion = world.now + std::chrono::seconds(*pod->meta.deletion_grace_seconds);
  pod->meta.resource_version = world.next_resource_version();
}

World settled_world(kube::StatefulSet set, kube::Version version, kube::Time now) {
  World world;
  world.version = version;
  world.now = now;
  world.set = std::move(set);
  world.set.meta.generation = std::max<std::int64_t>(world.set.meta.generation, 1);
  world.set.meta.resource_version = world.next_resource_version();
  if (world.set.meta.uid.empty()) world.set.meta.uid = "set-" + world.set.meta.name;
  // Parallel makes all pods in one go; how they came to be does not matter.
  const kube::PodManagement management =
      std::exchange(world.set.pod_management, kube::PodManagement::kParallel);
  const std::int64_t partition = std::exchange(world.set.partition, 0);
  const kube::Time before = now - std::chrono::hours(1);
  world.now = before;
  sync(world);
  for (kube::Pod& pod : world.pods) {
    pod.node = "node-" + pod.meta.name;
    pod.phase = "Running";
    pod.conditions = {{"PodScheduled", "True", "", "", before}, {"Ready", "True", "", "", before}};
    for (kube::Container& container : pod.containers) {
      container.seen = container.ready = container.running = container.started = true;
    }
  }
  world.now = now;
  world.set.pod_management = management;
  world.set.partition = partition;
  sync(world);
  return world;
}

}  // namespace sts::rollout::rehearsal
