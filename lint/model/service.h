#pragma once

#include "kube/object/tree.h"
#include "lint/index/index.h"
#include "lint/model/workload.h"

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sts::lint {

/// A Service, as far as names and endpoints depend on it. A field that a kustomize patch writes, or
/// that holds a placeholder, is unknown.
struct ServiceView {
  explicit ServiceView(const Object& service);

  const Object& object;
  kube::Value spec;
  std::optional<bool> headless;       // clusterIP: None; nothing where unknown
  std::optional<bool> external_name;  // type: ExternalName
  std::optional<bool> publish_not_ready;
  std::optional<bool> has_selector;  // false: nobody but a person makes its endpoints
  std::string_view type;             // "ClusterIP" where absent; "" where unknown
};

/// Where a StatefulSet's serviceName leads. kUnknown too where the set names none.
Reference governing_service(const StatefulSetView& set, const Index& index);

/// The StatefulSets that each Service governs (Index::derived). Sets for which several Services are
/// equally near count for each of them.
class Governed {
 public:
  explicit Governed(const Index& index);
  const std::vector<const Object*>& sets_of(const Object& service) const;

 private:
  std::unordered_map<const Object*, std::vector<const Object*>> sets_;
};

}  // namespace sts::lint
