#include "lint/hosts/known_labels.h"

#include "kube/semantics/pod_names.h"
#include "lint/model/workload.h"

#include <set>
#include <string>

namespace sts::lint {
namespace {

struct KnownNamespaces {
  explicit KnownNamespaces(const Index& index) {
    for (const Object& object : index.objects()) {
      if (object.name_space.known()) names.insert(object.name_space.name);
      if (object.kind == Kind::kNamespace && !object.name.empty()) names.emplace(object.name);
    }
  }
  std::set<std::string, std::less<>> names;
};

}  // namespace

bool project_has(std::string_view name_space, const Index& index) {
  return index.derived<KnownNamespaces>().names.contains(name_space);
}

bool ProjectLabels::service(std::string_view label) const {
  if (!index_.named(Kind::kService, label).empty()) return true;
  return from_.kind == Kind::kStatefulSet && StatefulSetView(from_).service_name == label;
}

bool ProjectLabels::pod(std::string_view label) const {
  const auto set = kube::parent_of_pod(label);
  return set && !index_.named(Kind::kStatefulSet, *set).empty();
}

bool ProjectLabels::name_space(std::string_view label) const {
  return label == "default" || label == "kube-system" || project_has(label, index_);
}

}  // namespace sts::lint
