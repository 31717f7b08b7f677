#include "lint/rules/storage/claim_reference.h"

#include "lint/model/near_miss.h"

#include <algorithm>

namespace sts::lint::storage {

namespace {

/// "data-db-0" is "data-db" and "0"; the number is empty where there is none.
struct Split {
  std::string_view base;
  std::string_view number;
};

Split split_ordinal(std::string_view name) {
  std::size_t end = name.size();
  while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9') --end;
  if (end == name.size() || end < 2 || name[end - 1] != '-') return {name, {}};
  return {name.substr(0, end - 1), name.substr(end)};
}

std::vector<const Object*> sets_in_sight(const Object& object, const RuleContext& context) {
  std::vector<const Object*> sets = context.index.visible(object, Kind::kStatefulSet);
  if (object.kind == Kind::kStatefulSet &&
      std::find(sets.begin(), sets.end(), &object) == sets.end()) {
    sets.insert(sets.begin(), &object);
  }
  return sets;
}

template <typename Visitor>
void each_claim_template(const Object& object, const RuleContext& context, Visitor visit) {
  for (const Object* set : sets_in_sight(object, context)) {
    if (set->name.empty()) continue;
    for (const Named& item : claim_templates_of(*set).all) {
      if (item.name.empty()) continue;
      visit(std::string(item.name) + "-" + std::string(set->name),
            ClaimSource{set, item.value.get("spec"), item.name_value});
    }
  }
}

}  // namespace

ClaimReference find_claim(const Object& object, const RuleContext& context, std::string_view name) {
  ClaimReference result{context.index.find(object, Kind::kPersistentVolumeClaim, name), {}};
  for (const Object* claim : result.reference.nearest) {
    result.nearest.push_back({claim, claim->root.get("spec"), claim->metadata.get("name")});
  }
  if (!result.nearest.empty()) return result;
  // getPersistentVolumeClaimName (stateful_set_utils.go). Any ordinal: claims outlive scaling down.
  const Split split = split_ordinal(name);
  if (split.number.empty()) return result;
  each_claim_template(object, context, [&](const std::string& base, const ClaimSource& source) {
    if (base == split.base) result.nearest.push_back(source);
  });
  return result;
}

std::optional<MeantClaim> meant_claim(const Object& object, const RuleContext& context,
                                      std::string_view name) {
  std::optional<MeantClaim> best;
  int best_distance = 0;
  const auto consider = [&](std::optional<int> distance, const ClaimSource& source,
                            const std::string& proper) {
    if (!distance || (best && *distance >= best_distance)) return;
    best = MeantClaim{source, proper};
    best_distance = *distance;
  };
  for (const Object* claim : context.index.visible(object, Kind::kPersistentVolumeClaim)) {
    consider(near_miss(name, claim->name),
             {claim, claim->root.get("spec"), claim->metadata.get("name")},
             std::string(claim->name));
  }
  const Split split = split_ordinal(name);
  const std::string number(split.number.empty() ? "0" : split.number);
  each_claim_template(object, context, [&](const std::string& base, const ClaimSource& source) {
    consider(base == name ? std::optional<int>(0) : near_miss(split.base, base), source,
             base + "-" + number);
  });
  return best;
}

std::vector<ClaimVolume> claim_volumes_of(const Object& object, const PodTemplate& pods) {
  std::vector<ClaimVolume> result;
  if (object.patched_at(pods.pointer + "/spec/volumes")) return result;
  for (const Named& volume : effective_volumes_of(object, pods).all) {
    const kube::Value source = volume.value.get("persistentVolumeClaim");
    const kube::Value claim_name = source.get("claimName");
    const auto name = claim_name.string();
    if (!name || name->empty()) continue;
    result.push_back({volume, claim_name, *name, source.get("readOnly").boolean() == true});
  }
  return result;
}

}  // namespace sts::lint::storage
