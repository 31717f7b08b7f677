#pragma once

#include "lint/hosts/host_meaning.h"
#include "lint/index/index.h"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sts::lint {

/// A host name written somewhere, under a Service: `db-0.db-headless`, `$(POD_NAME).db-headless`,
/// `db-headless.prod.svc`.
struct PodNameUse {
  std::string_view set;          // "db" of "db-0.x"; "" where a variable stands there, or nothing
  std::string_view service;      // "db-headless"
  bool service_itself = false;   // no pod's name before it: `db-headless.prod.svc`
  bool one_label_after = false;  // `db-0.db.prod`, or else `db-0.example.xyz`
  bool svc = false;              // `.svc` follows: a name of the cluster's
};

/// One such name in a scalar.
struct PodNameSite {
  PodNameUse use;
  const Object* object = nullptr;
  kube::Value scalar;
  std::size_t begin = 0;  // bytes of scalar.text(): the whole host
  std::size_t end = 0;

  std::string_view text() const { return scalar.text().substr(begin, end - begin); }
  Place place() const;
};

/// What a name means by its form alone: any pod's name is one, any namespace there.
HostMeaning meaning_by_form(std::span<const std::string_view> labels);

/// The names in one text, with their bytes. Comment lines are passed over; what could be a file's
/// name (`db-0.log`), a version or a number is none.
struct FoundUse {
  PodNameUse use;
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::vector<FoundUse> find_pod_names(std::string_view text);

/// All of the pod templates and ConfigMaps of the index (Index::derived).
class PodNameUses {
 public:
  explicit PodNameUses(const Index& index);

  /// Where a pod of `set` is called by a name under `service`, or the Service by its full name, by
  /// something that may live in the set's namespace; null if nowhere.
  const PodNameSite* under_service(const Object& set, std::string_view service,
                                   const Index& index) const;

  /// Where a pod of `set` is called by a name under any Service at all; null if nowhere.
  const PodNameSite* of_set(const Object& set, const Index& index) const;

 private:
  std::vector<PodNameSite> sites_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_service_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_set_;
};

/// Every scalar below a value, keys left out.
template <typename Visit>
void each_scalar(kube::Value value, const Visit& visit) {
  if (value.is_scalar()) {
    visit(value);
  } else if (value.is_sequence()) {
    for (kube::Value item : value.items()) each_scalar(item, visit);
  } else {
    for (const kube::Entry& entry : value.entries()) each_scalar(entry.value, visit);
  }
}

/// The parts of an object in which programs find their configuration: a pod template's spec, a
/// ConfigMap's data; nothing for other kinds.
kube::Value configuration_of(const Object& object);

}  // namespace sts::lint
