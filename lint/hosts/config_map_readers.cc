#include "lint/hosts/config_map_readers.h"

#include "lint/model/workload.h"

#include <set>
#include <vector>

namespace sts::lint {
namespace {

// The ConfigMaps of a volume, by name.
std::vector<std::string_view> config_maps_of(kube::Value volume) {
  std::vector<std::string_view> names;
  const auto add = [&](kube::Value source) {
    if (const auto name = source.get("configMap", "name").string()) names.push_back(*name);
  };
  add(volume);
  for (kube::Value source : volume.get("projected", "sources").items()) add(source);
  return names;
}

std::vector<kube::Value> mounting(const PodTemplate& pods, std::string_view volume) {
  std::vector<kube::Value> containers;
  for (const Container& container : pods.containers()) {
    for (kube::Value mount : container.value.get("volumeMounts").items()) {
      if (mount.get("name").text() != volume) continue;
      containers.push_back(container.value);
      break;
    }
  }
  return containers;
}

}  // namespace

ConfigMapReaders::ConfigMapReaders(const Index& index) {
  std::set<const Object*> shared;
  for (const Object& workload : index.objects()) {
    const PodTemplate pods = pod_template(workload);
    for (kube::Value volume : pods.spec.get("volumes").items()) {
      const auto names = config_maps_of(volume);
      if (names.empty()) continue;
      const auto containers = mounting(pods, volume.get("name").text());
      for (const std::string_view name : names) {
        for (const Object* config_map : index.find(workload, Kind::kConfigMap, name).nearest) {
          ConfigMapReader& reader = readers_[config_map];
          if (reader.workload != nullptr && reader.workload != &workload) {
            shared.insert(config_map);
          }
          reader.workload = &workload;
          reader.containers.insert(reader.containers.end(), containers.begin(), containers.end());
        }
      }
    }
  }
  for (const Object* config_map : shared) readers_.erase(config_map);
}

const ConfigMapReader& ConfigMapReaders::of(const Object& config_map) const {
  static const ConfigMapReader nobody;
  const auto found = readers_.find(&config_map);
  return found == readers_.end() ? nobody : found->second;
}

}  // namespace sts::lint
