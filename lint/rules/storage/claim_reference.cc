#include "lint/rules/storage/claim_reference.h"

#include "lint/model/near_miss.h"

#include <deque>
#include <unordered_map>
#include <utility>

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

/// Every claim that the project makes (Index::derived): by the name up to the ordinal where a
/// StatefulSet makes it, and all of them by the folder that they are written in.
class ClaimTable {
 public:
  struct Entry {
    std::string name;  // the claim's; of a claim template without the ordinal
    ClaimSource source;
    bool numbered = false;
  };

  explicit ClaimTable(const Index& index) {
    for (const Object* claim : index.of_kind(Kind::kPersistentVolumeClaim)) {
      if (claim->name.empty()) continue;
      add({std::string(claim->name),
           {claim, claim->root.get("spec"), claim->metadata.get("name")},
           false});
    }
    for (const Object* set : index.of_kind(Kind::kStatefulSet)) {
      if (set->name.empty()) continue;
      for (const Named& item : claim_templates_of(*set).all) {
        if (item.name.empty()) continue;
        add({std::string(item.name) + "-" + std::string(set->name),
             {set, item.value.get("spec"), item.name_value},
             true});
      }
    }
  }

  /// The claim templates whose claims bear this name before the ordinal.
  const std::vector<const Entry*>& numbered(std::string_view base) const {
    static const std::vector<const Entry*> none;
    const auto found = by_base_.find(std::string(base));
    return found == by_base_.end() ? none : found->second;
  }

  /// What may be applied beside an object: its folder's, or its kustomizations'.
  std::vector<const Entry*> beside(const Object& object, const Index& index) const {
    std::vector<const Entry*> result;
    if (object.kustomizations.empty()) {
      const auto found = by_folder_.find(object.file->folder);
      if (found != by_folder_.end()) result = found->second;
      return result;
    }
    for (const Entry& entry : all_) {
      if (entry.source.object == &object || index.together(object, *entry.source.object)) {
        result.push_back(&entry);
      }
    }
    return result;
  }

 private:
  void add(Entry entry) {
    all_.push_back(std::move(entry));
    const Entry* added = &all_.back();
    by_folder_[added->source.object->file->folder].push_back(added);
    if (added->numbered) by_base_[added->name].push_back(added);
  }

  std::deque<Entry> all_;  // pointed at
  std::unordered_map<std::string, std::vector<const Entry*>> by_base_;
  std::unordered_map<std::string, std::vector<const Entry*>> by_folder_;
};

}  // namespace

ClaimReference find_claim(const Object& object, const RuleContext& context, std::string_view name) {
  const Index& index = context.index;
  ClaimReference result{index.find(object, Kind::kPersistentVolumeClaim, name), {}};
  for (const Object* claim : result.reference.nearest) {
    result.nearest.push_back({claim, claim->root.get("spec"), claim->metadata.get("name")});
  }
  if (!result.nearest.empty()) return result;
  // getPersistentVolumeClaimName (stateful_set_utils.go). Any ordinal: claims outlive scaling down.
  const Split split = split_ordinal(name);
  if (split.number.empty()) return result;
  std::pair<int, int> least;
  for (const ClaimTable::Entry* entry : index.derived<ClaimTable>().numbered(split.base)) {
    const Object& set = *entry->source.object;
    if (&set != &object && index.same_namespace(object, set) == SameNamespace::kNo) continue;
    const std::pair<int, int> steps = Index::distance(object, set);
    if (!result.nearest.empty() && steps > least) continue;
    if (!result.nearest.empty() && steps < least) result.nearest.clear();
    least = steps;
    result.nearest.push_back(entry->source);
  }
  return result;
}

std::optional<MeantClaim> meant_claim(const Object& object, const RuleContext& context,
                                      std::string_view name) {
  // Where thousands of claims stand in one folder, some name is always near.
  constexpr std::size_t kTooMany = 1000;
  const std::vector<const ClaimTable::Entry*> entries =
      context.index.derived<ClaimTable>().beside(object, context.index);
  std::optional<MeantClaim> best;
  if (entries.size() > kTooMany) return best;
  int best_distance = 0;
  const Split split = split_ordinal(name);
  for (const ClaimTable::Entry* entry : entries) {
    const Object& other = *entry->source.object;
    if (&other != &object && !context.index.together(object, other)) continue;
    std::optional<int> distance;
    if (!entry->numbered) {
      distance = near_miss(name, entry->name);
    } else if (entry->name == name) {
      distance = 0;  // only the ordinal is missing
    } else {
      distance = near_miss(split.base, entry->name);
    }
    if (!distance || (best && *distance >= best_distance)) continue;
    const std::string number = split.number.empty() ? "0" : std::string(split.number);
    best = MeantClaim{entry->source, entry->numbered ? entry->name + "-" + number : entry->name};
    best_distance = *distance;
  }
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
