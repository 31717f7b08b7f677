#include "lint/rules/storage/storage.h"

#include "lint/model/near_miss.h"
#include "lint/model/text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sts::lint::storage {

namespace {

constexpr std::size_t kMostCandidates = 256;

NamedList read_list(kube::Value list, std::initializer_list<std::string_view> name_path) {
  NamedList result;
  if (list && !list.is_sequence()) result.open = true;
  for (const kube::Value item : list.items()) {
    Named named{{}, item, item};
    for (const std::string_view key : name_path) named.name_value = named.name_value.get(key);
    if (!named.name_value.exists()) named.name_value = item.get("name");
    if (const auto name = named.name_value.string()) {
      named.name = *name;
    } else if (!item.is_mapping() || named.name_value) {
      result.open = true;  // a placeholder may stand for any name, or for many items
    }
    result.all.push_back(named);
  }
  return result;
}

void add_names(kube::Value list, std::vector<std::string_view>& names) {
  for (const Named& item : read_list(list, {"metadata", "name"}).all) names.push_back(item.name);
}

bool any_node_label(std::string_view key) {
  constexpr std::array<std::string_view, 4> kEveryNode = {
      "kubernetes.io/os", "kubernetes.io/arch", "beta.kubernetes.io/os", "beta.kubernetes.io/arch"};
  return std::find(kEveryNode.begin(), kEveryNode.end(), key) != kEveryNode.end();
}

bool is_rebuildable_word(std::string_view name) {
  for (const std::string_view word :
       {"cache", "caches", "caching", "cached", "memcached", "tmp", "temp", "scratch", "ephemeral",
        "ci", "runner", "runners", "test", "tests", "testing", "e2e", "preview", "sandbox",
        "varnish"}) {
    if (has_word(name, word)) return true;
  }
  return false;
}

}  // namespace

const Named* NamedList::find(std::string_view name) const {
  constexpr std::size_t kFew = 16;
  if (all.size() > kFew && !name.empty()) {
    if (indexed_ != all.size()) {
      by_name_.clear();
      for (std::size_t i = 0; i < all.size(); ++i) by_name_[all[i].name] = i;
      indexed_ = all.size();
    }
    const auto at = by_name_.find(name);
    return at == by_name_.end() ? nullptr : &all[at->second];
  }
  const Named* found = nullptr;
  for (const Named& item : all) {
    if (!name.empty() && item.name == name) found = &item;
  }
  return found;
}

Mounts mounts_of(const Object& object, const PodTemplate& pods) {
  Mounts mounts;
  for (const std::string_view list : {"containers", "initContainers", "ephemeralContainers"}) {
    const kube::Value value = pods.spec.get(list);
    if (value && !value.is_sequence()) mounts.open = true;
    for (const kube::Value item : value.items()) {
      if (!item.is_mapping()) mounts.open = true;
    }
    if (object.patched_at(pods.pointer + "/spec/" + std::string(list))) mounts.open = true;
  }
  for (const Container& container : pods.containers()) {
    for (const bool device : {false, true}) {
      const kube::Value list = container.value.get(device ? "volumeDevices" : "volumeMounts");
      if (list && !list.is_sequence()) mounts.open = true;
      for (const kube::Value item : list.items()) {
        const auto name = item.get("name").string();
        if (!item.is_mapping() || (item.get("name") && !name)) mounts.open = true;
        mounts.all.push_back({container, item, name.value_or(std::string_view()), device});
      }
    }
  }
  return mounts;
}

NamedList volumes_of(const Object& object, const PodTemplate& pods) {
  NamedList volumes = read_list(pods.spec.get("volumes"), {"name"});
  if (object.patched_at(pods.pointer + "/spec/volumes")) volumes.open = true;
  return volumes;
}

NamedList claim_templates_of(const Object& object) {
  NamedList templates =
      read_list(object.root.get("spec", "volumeClaimTemplates"), {"metadata", "name"});
  if (object.patched_at("/spec/volumeClaimTemplates")) templates.open = true;
  return templates;
}

std::vector<std::string_view> misplaced_names(const Object& object, const PodTemplate& pods) {
  std::vector<std::string_view> names;
  const kube::Value spec = object.root.get("spec");
  std::vector<kube::Value> levels = {object.root, spec, spec.get("template"), pods.spec};
  for (const Container& container : pods.containers()) levels.push_back(container.value);
  for (const kube::Value level : levels) {
    for (const kube::Entry& entry : level.entries()) {
      for (const std::string_view key : {"volumes", "volumeClaimTemplates"}) {
        if (entry.key.text() == key || near_miss(entry.key.text(), key)) {
          add_names(entry.value, names);
        }
      }
    }
  }
  return names;
}

NamedList effective_volumes_of(const Object& object, const PodTemplate& pods) {
  NamedList volumes = volumes_of(object, pods);
  if (object.kind != Kind::kStatefulSet) return volumes;
  const NamedList templates = claim_templates_of(object);
  std::erase_if(volumes.all,
                [&](const Named& volume) { return templates.find(volume.name) != nullptr; });
  return volumes;
}

const Named* meant_volume(std::string_view name, const NamedList& volumes,
                          const NamedList& templates, const Mounts& mounts) {
  // A generated list: no name in it is like one other only.
  if (volumes.all.size() + templates.all.size() > kMostCandidates) return nullptr;
  const Named* best = nullptr;
  int best_distance = 0;
  for (const NamedList* list : {&templates, &volumes}) {
    for (const Named& candidate : list->all) {
      const std::optional<int> distance = near_miss(name, candidate.name);
      if (distance && (best == nullptr || *distance < best_distance)) {
        best = &candidate;
        best_distance = *distance;
      }
    }
  }
  if (best != nullptr) return best;
  // "datadir" for "data": one name begins the other, and no second one does.
  constexpr std::size_t kTelling = 4;
  for (const NamedList* list : {&templates, &volumes}) {
    for (const Named& candidate : list->all) {
      const std::size_t common = std::min(name.size(), candidate.name.size());
      if (common < kTelling || name.substr(0, common) != candidate.name.substr(0, common)) continue;
      if (best != nullptr) return nullptr;
      best = &candidate;
    }
  }
  if (best != nullptr) return best;
  // One claim template that nobody mounts, and one name that nobody defines.
  for (const Named& candidate : templates.all) {
    const bool used = std::any_of(mounts.all.begin(), mounts.all.end(), [&](const Mount& mount) {
      return mount.volume == candidate.name;
    });
    if (used || candidate.name.empty()) continue;
    if (best != nullptr) return nullptr;
    best = &candidate;
  }
  for (const Mount& mount : mounts.all) {
    if (mount.volume != name && volumes.find(mount.volume) == nullptr &&
        templates.find(mount.volume) == nullptr) {
      return nullptr;
    }
  }
  return best;
}

bool Claim::written_otherwise(std::string_view key) const {
  if (item.get(key).exists() || item.get("metadata").get(key).exists()) return true;
  for (const kube::Entry& entry : spec.entries()) {
    if (near_miss(entry.key.text(), key)) return true;
  }
  return false;
}

std::vector<Claim> claims_of(const Object& object) {
  std::vector<Claim> claims;
  if (!is_set(object)) return claims;
  const auto readable = [](kube::Value item) {
    const kube::Value spec = item.get("spec");
    return item.is_mapping() && (!spec || spec.is_mapping());
  };
  if (judges_claim_templates(object)) {
    const NamedList templates = claim_templates_of(object);
    for (const Named& item : templates.all) {
      if (!readable(item.value)) continue;
      claims.push_back({named_claim_template(templates, item), item.value,
                        item.name_value ? item.name_value : item.value, item.value.get("spec")});
    }
  }
  const PodTemplate pods = pod_template(object);
  if (object.patched_at(pods.pointer + "/spec/volumes")) return claims;
  for (const Named& volume : effective_volumes_of(object, pods).all) {
    const kube::Value item = volume.value.get("ephemeral", "volumeClaimTemplate");
    if (!item || volume.name.empty() || !readable(item)) continue;
    claims.push_back({"ephemeral volume " + quoted(volume.name), item, volume.name_value,
                      item.get("spec"), true});
  }
  return claims;
}

bool judges_claim_templates(const Object& object) {
  return object.kind == Kind::kStatefulSet && !object.patched_at("/spec/volumeClaimTemplates");
}

std::string_view source_of(kube::Value volume) {
  for (const kube::Entry& entry : volume.entries()) {
    if (entry.key.text() != "name" && entry.value) return entry.key.text();
  }
  return {};
}

std::string named_claim_template(const NamedList& templates, const Named& claim_template) {
  if (!claim_template.name.empty()) return "claim template " + quoted(claim_template.name);
  const auto number = &claim_template - templates.all.data() + 1;
  return "claim template " + std::to_string(number);
}

std::string named(const Container& container) {
  std::string kind = "container";
  if (container.role == ContainerRole::kInit || container.role == ContainerRole::kSidecar) {
    kind = "init container";
  } else if (container.role == ContainerRole::kEphemeral) {
    kind = "ephemeral container";
  }
  return container.name.empty() ? "this " + kind : kind + " " + quoted(container.name);
}

std::string rejection(const Object& object, const Options& options) {
  constexpr kube::Version kValidated{1, 34, 0};
  if (object.kind != Kind::kStatefulSet) return "the API server rejects it";
  if (options.kubernetes_version >= kValidated) return "the API server rejects the set";
  return "no pod of the set is ever created";
}

std::optional<std::vector<std::string_view>> access_modes(kube::Value claim_spec) {
  std::vector<std::string_view> modes;
  const kube::Value list = claim_spec.get("accessModes");
  if (list && !list.is_sequence()) return std::nullopt;
  for (const kube::Value item : list.items()) {
    const auto mode = item.string();
    if (!mode) return std::nullopt;
    modes.push_back(*mode);
  }
  return modes;
}

std::optional<std::int64_t> replicas_of(const Object& object, const RuleContext& context) {
  switch (object.kind) {
    case Kind::kStatefulSet:
    case Kind::kDeployment:
    case Kind::kReplicaSet:
    case Kind::kReplicationController:
      break;
    default:
      return std::nullopt;
  }
  if (!context.index.scalers(object).empty()) return std::nullopt;
  const kube::Value replicas = object.root.get("spec", "replicas");
  if (object.patched_at("/spec/replicas")) return std::nullopt;
  if (!replicas) return 1;
  return replicas.integer();
}

bool pinned_to_nodes(const PodTemplate& pods) {
  if (pods.spec.get("nodeName")) return true;
  const kube::Value selector = pods.spec.get("nodeSelector");
  if (selector && !selector.is_mapping()) return true;
  for (const kube::Entry& entry : selector.entries()) {
    if (!any_node_label(entry.key.text())) return true;
  }
  const kube::Value required = pods.spec.get("affinity", "nodeAffinity")
                                   .get("requiredDuringSchedulingIgnoredDuringExecution");
  if (required && !required.is_mapping()) return true;
  for (const kube::Value term : required.get("nodeSelectorTerms").items()) {
    if (term.get("matchFields")) return true;
    for (const kube::Value expression : term.get("matchExpressions").items()) {
      if (!any_node_label(expression.get("key").text())) return true;
    }
  }
  return false;
}

bool has_word(std::string_view name, std::string_view word) {
  const auto boundary = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; };
  for (std::size_t at = name.find(word); at != std::string_view::npos;
       at = name.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || boundary(name[at - 1])) && (end == name.size() || boundary(name[end]))) {
      return true;
    }
  }
  return false;
}

bool rebuildable(const Object& object) {
  if (is_rebuildable_word(object.name) || is_rebuildable_word(object.name_space.name)) return true;
  for (const Named& item : claim_templates_of(object).all) {
    if (is_rebuildable_word(item.name)) return true;
  }
  return false;
}

}  // namespace sts::lint::storage
