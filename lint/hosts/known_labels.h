#pragma once

#include "lint/hosts/host_meaning.h"
#include "lint/index/index.h"

#include <string_view>

namespace sts::lint {

/// Some object of the project is in this namespace, or is it.
bool project_has(std::string_view name_space, const Index& index);

/// What the project knows, as `from`'s pods would mean it.
class ProjectLabels : public KnownLabels {
 public:
  ProjectLabels(const Object& from, const Index& index) : from_(from), index_(index) {}
  bool service(std::string_view label) const override;
  bool pod(std::string_view label) const override;
  bool name_space(std::string_view label) const override;

 private:
  const Object& from_;
  const Index& index_;
};

}  // namespace sts::lint
