#include "lint/rules/shape/field_walk.h"

#include "lint/model/workload.h"
#include "lint/rules/shape/common.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sts::lint::shape {

namespace {

using kube::Field;
using kube::FieldKind;
using kube::Value;

class Walker {
 public:
  explicit Walker(const std::function<void(const FieldSite&)>& visit) : visit_(visit) {}

  void walk(kube::TypeId type, Value mapping, std::string name) {
    site_.types.push_back(type);
    site_.values.push_back(mapping);
    site_.names.push_back(std::move(name));
    for (const kube::Entry& entry : mapping.entries()) {
      const Field* field = kube::find_field(type, entry.key.text());
      site_.entry = entry;
      site_.field = field;
      visit_(site_);
      if (field != nullptr && field->kind == FieldKind::kStruct) descend(*field, entry.value);
    }
    site_.types.pop_back();
    site_.values.pop_back();
    site_.names.pop_back();
  }

 private:
  void descend(const Field& field, Value value) {
    const std::string name(field.name);
    switch (field.shape) {
      case kube::Shape::kOne:
        if (value.is_mapping()) walk(field.index, value, name);
        break;
      case kube::Shape::kList:
        for (Value item : value.items()) {
          if (item.is_mapping()) walk(field.index, item, name + "[]");
        }
        break;
      case kube::Shape::kMap:
        for (const kube::Entry& entry : value.entries()) {
          if (entry.value.is_mapping()) walk(field.index, entry.value, name);
        }
        break;
    }
  }

  const std::function<void(const FieldSite&)>& visit_;
  FieldSite site_;
};

/// Could this value stand in that field?
bool fits(const Field& field, Value value) {
  if (value.is_null() || field.kind == FieldKind::kAny) return true;
  if (field.shape == kube::Shape::kList) return value.is_sequence();
  if (field.shape == kube::Shape::kMap || field.kind == FieldKind::kStruct) {
    return value.is_mapping();
  }
  return value.is_scalar();
}

struct Place {
  std::string path;
  bool written = false;  // the struct it belongs in stands in the document
};

Place place_of(const Object& object, const FieldSite& site, const kube::Home& home) {
  Value at = site.values[site.types.size() - 1 - static_cast<std::size_t>(home.up)];
  Place place{path_in(object, at), false};
  for (std::size_t i = 0; i + 1 < home.down.size(); ++i) {
    const Field& step = *home.down[i];
    place.path += (place.path.empty() ? "" : ".") + std::string(step.name);
    at = at.get(step.name);
    if (step.shape != kube::Shape::kList) continue;
    place.path += at.size() == 1 ? "[0]" : "[]";
    const auto items = at.items();
    at = items.begin() != items.end() ? *items.begin() : Value{};
  }
  place.written = at.is_mapping();
  return place;
}

/// DaemonSet fields that ds-replicas-fields speaks of.
constexpr std::array<std::string_view, 7> kDaemonSetReplicaFields = {
    "replicas",
    "serviceName",
    "volumeClaimTemplates",
    "strategy",
    "podManagementPolicy",
    "ordinals",
    "persistentVolumeClaimRetentionPolicy"};

/// Places that the table cannot tell: keys of maps, and one name that two structs nearby know.
struct KnownHome {
  std::string_view type;
  std::string_view key;
  std::string_view below;
};
constexpr std::array kKnownHomes = {
    KnownHome{"Probe", "command", "exec"},
    KnownHome{"LifecycleHandler", "command", "exec"},
    KnownHome{"ResourceRequirements", "cpu", "requests"},
    KnownHome{"ResourceRequirements", "memory", "requests"},
    KnownHome{"ResourceRequirements", "ephemeral-storage", "requests"},
    KnownHome{"VolumeResourceRequirements", "storage", "requests"},
    KnownHome{"PersistentVolumeClaimSpec", "storage", "resources.requests"},
};

/// Names and labels have many homes: only one right below is surely meant.
bool too_far(const kube::Home& home) {
  if (home.down.size() < 2 || (home.up == 0 && home.down.size() == 2)) return false;
  const std::string_view type = kube::type_name(home.down[home.down.size() - 2]->index);
  return type == "ObjectMeta" || type == "LabelSelector";
}

/// The one place where a misplaced key belongs, or nothing.
std::optional<std::string> home_of(const Object& object, const FieldSite& site, HomeCache& homes) {
  std::vector<Place> places;
  for (const kube::Home& home : homes.find(site)) {
    if (!too_far(home) && fits(*home.down.back(), site.entry.value)) {
      places.push_back(place_of(object, site, home));
    }
  }
  if (places.size() > 1) {
    places.erase(
        std::remove_if(places.begin(), places.end(), [](const Place& p) { return !p.written; }),
        places.end());
  }
  if (places.size() != 1) return std::nullopt;
  return places.front().path;
}

/// The one list of keys that are not for unknown-field and field-misplaced.
bool left_to_others(const Object& object, const FieldSite& site) {
  const std::string_view key = site.key();
  if (site.entry.key.is_placeholder()) return true;
  // Strategic merge directives (apimachinery pkg/util/strategicpatch) and KRM function notes.
  if (!key.empty() && key.front() == '$') return true;
  const bool in_spec = site.names.size() > 1 && site.names[1] == "spec";
  if (!in_spec && key.substr(0, 2) == "x-") return true;  // a home for YAML anchors
  // name-missing says where the name was found.
  if (key == "name" && !object.metadata.get("name")) return true;
  // publish-not-ready-misplaced
  if (is_set(object) && key == "publishNotReadyAddresses") return true;
  // apps/v1beta2 and extensions/v1beta1 still had it; deprecated-api speaks there.
  if (key == "templateGeneration" && object.api_version != "apps/v1") return true;
  if (object.kind == Kind::kDaemonSet && site.names.size() == 2 && in_spec) {
    return std::find(kDaemonSetReplicaFields.begin(), kDaemonSetReplicaFields.end(), key) !=
           kDaemonSetReplicaFields.end();
  }
  return false;
}

}  // namespace

void walk_fields(const Object& object, const std::function<void(const FieldSite&)>& visit) {
  if (!is_set(object) && object.kind != Kind::kService) return;
  const auto type = kube::root_type(object.kind_name);
  if (type && object.root.is_mapping()) Walker(visit).walk(*type, object.root, "");
}

const std::vector<kube::Home>& HomeCache::find(const FieldSite& site) {
  static const std::vector<kube::Home> kNone;
  if (!kube::is_field_somewhere(site.key())) return kNone;
  const auto [at, fresh] = found_.try_emplace({site.types, site.key()});
  if (fresh) at->second = kube::find_homes(site.types, site.key());
  return at->second;
}

KeyJudgement judge_key(const Object& object, const FieldSite& site, HomeCache& homes) {
  if (site.field != nullptr) return {};
  if (left_to_others(object, site)) return {KeyVerdict::kLeft, {}, {}};
  const kube::TypeId type = site.types.back();
  // `selector: {app: db}`, as a Service has it: the label belongs one level deeper.
  if (kube::type_name(type) == "LabelSelector" && site.entry.value.is_scalar() &&
      kube::spelt_otherwise(type, site.key()).empty()) {
    return {KeyVerdict::kMisplaced, path_in(object, site.values.back()) + ".matchLabels", {}};
  }
  for (const KnownHome& known : kKnownHomes) {
    if (known.type != kube::type_name(type) || known.key != site.key()) continue;
    return {KeyVerdict::kMisplaced,
            path_in(object, site.values.back()) + "." + std::string(known.below),
            {}};
  }
  if (kube::spelt_otherwise(type, site.key()).empty()) {
    if (auto home = home_of(object, site, homes))
      return {KeyVerdict::kMisplaced, std::move(*home), {}};
  }
  return {KeyVerdict::kUnknown, {}, std::string(kube::nearest_field(type, site.key()))};
}

}  // namespace sts::lint::shape
