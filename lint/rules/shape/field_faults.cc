#include "lint/rules/shape/field_faults.h"

#include "lint/model/workload.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/value_checks.h"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

namespace sts::lint::shape {
namespace {

using kube::Value;

/// What only the server writes, and what other rules say more of.
bool passed_over(const FieldSite& site) {
  if (site.names.size() > 1 && site.names[1] == "status") return true;
  if (std::find(site.names.begin(), site.names.end(), "managedFields[]") != site.names.end()) {
    return true;
  }
  return site.names.size() == 1 && site.key() == "status";
}

/// The type of these is ours; the rest is vct-storage-missing's and vct-name-invalid's.
bool claim_template_part(const FieldSite& site) {
  if (site.names.size() < 3 || site.names[2] != "volumeClaimTemplates[]") return false;
  return site.key() == "requests" || (site.key() == "name" && site.names.size() == 4);
}

/// A pointer is only made where a patch may write at it.
bool written_so(const Object& object, Value value) {
  return object.patches.empty() || sent_as_written(object, value);
}

class ValueChecks {
 public:
  ValueChecks(const Object& object, std::vector<FieldFaults::Bad>& out)
      : object_(object), out_(out), fragment_(is_fragment(object)) {}

  void check(const FieldSite& site) {
    if (passed_over(site)) return;
    const Value value = site.entry.value;
    if (claim_template_part(site)) {
      const bool quantities = site.key() == "requests" && value.is_mapping();
      if (!quantities) check_type(site, complain_);
      return;
    }
    check_type(site, complain_);
    check_enum(site, complain_);
    check_limits(object_, site, complain_);
    if (fragment_ || site.field->kind != kube::FieldKind::kStruct) return;
    const kube::TypeId type = site.field->index;
    if (value.is_mapping()) check_struct(type, value, complain_);
    for (Value item : value.items()) {
      if (item.is_mapping()) check_struct(type, item, complain_);
    }
  }

 private:
  void add(Value value, std::string problem, std::string fix) {
    // One word for each value: a wrong type is not also out of range.
    if (!said_.emplace(value.site(), value.is_mapping() ? problem : "").second) return;
    if (!written_so(object_, value)) return;
    out_.push_back({value, std::move(problem), std::move(fix)});
  }

  const Object& object_;
  std::vector<FieldFaults::Bad>& out_;
  bool fragment_;
  std::set<std::pair<std::uint32_t, std::string>> said_;
  const Complain complain_ = [this](Value value, std::string problem, std::string fix) {
    add(value, std::move(problem), std::move(fix));
  };
};

/// The answer for the object that a thread asked for last: rules look at one object after the
/// other.
class LastFaults {
 public:
  explicit LastFaults(const Index&) {}

  std::shared_ptr<const FieldFaults> get(const Object& object) const {
    Lane& lane = lanes_[std::hash<std::thread::id>{}(std::this_thread::get_id()) % lanes_.size()];
    const std::lock_guard lock(lane.mutex);
    if (lane.object != &object) {
      lane.faults = std::make_shared<const FieldFaults>(object);
      lane.object = &object;
    }
    return lane.faults;
  }

 private:
  struct Lane {
    std::mutex mutex;
    const Object* object = nullptr;
    std::shared_ptr<const FieldFaults> faults;
  };
  mutable std::array<Lane, 16> lanes_;
};

}  // namespace

FieldFaults::FieldFaults(const Object& object) {
  if (object.from_cluster) return;
  std::optional<ValueChecks> checks;
  if (is_set(object)) checks.emplace(object, values);
  HomeCache homes;
  walk_fields(object, [&](const FieldSite& site) {
    if (site.field != nullptr) {
      if (checks) checks->check(site);
      return;
    }
    KeyJudgement judgement = judge_key(object, site, homes);
    if (judgement.verdict != KeyVerdict::kMisplaced && judgement.verdict != KeyVerdict::kUnknown) {
      return;
    }
    if (!written_so(object, site.entry.value)) return;
    const bool in_spec = site.names.size() == 2 && site.names.back() == "spec";
    keys.push_back({site.entry, site.values.back(), in_spec, std::move(judgement)});
  });
}

std::shared_ptr<const FieldFaults> field_faults(const Object& object, const Index& index) {
  return index.derived<LastFaults>().get(object);
}

}  // namespace sts::lint::shape
