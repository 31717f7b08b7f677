#include "lint/index/index.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/field_walk.h"
#include "lint/rules/shape/value_checks.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sts::lint {

extern const Rule kFieldInvalid;

namespace {

using kube::Value;
using shape::FieldSite;

/// What only the server writes, and what other rules say more of.
bool passed_over(const FieldSite& site) {
  const std::string_view key = site.key();
  if (site.names.size() > 1 && site.names[1] == "status") return true;
  if (std::find(site.names.begin(), site.names.end(), "managedFields[]") != site.names.end()) {
    return true;
  }
  if (site.names.size() == 1 && key == "status") return true;
  // vct-storage-missing, vct-access-modes-missing, vct-name-invalid
  if (site.names.size() > 2 && site.names[2] == "volumeClaimTemplates[]") {
    return key == "requests" || key == "accessModes" || (key == "name" && site.names.size() == 4);
  }
  return false;
}

std::string prefix(const Object& object) {
  return "the API server rejects " + shape::title(object) + ": ";
}

class Reporter {
 public:
  Reporter(const Object& object, Findings& findings) : object_(object), findings_(findings) {}

  void operator()(Value value, std::string problem, const std::string& fix) {
    // One word for each value: a wrong type is not also out of range.
    const std::string pointer = value.pointer();
    if (std::find(said_.begin(), said_.end(), pointer) != said_.end()) return;
    if (!shape::sent_as_written(object_, value)) return;
    said_.push_back(pointer);
    std::string message =
        prefix(object_) + shape::path_in(object_, value) + " " + std::move(problem);
    auto report = value.is_scalar() ? findings_.at(kFieldInvalid, Severity::kError, object_, value,
                                                   std::move(message))
                                    : findings_.at_key(kFieldInvalid, Severity::kError, object_,
                                                       shape::anchor(value), std::move(message));
    if (!fix.empty()) report.fix(fix);
  }

 private:
  const Object& object_;
  Findings& findings_;
  std::vector<std::string> said_;
};

/// validateContainerCommon: a container needs a name and an image, a mount a path.
void check_required(const Object& object, const RuleContext&, Findings& findings) {
  const auto need = [&](Value parent, const char* key) {
    const Value value = parent.get(key);
    if (value && !(value.is_scalar() && value.text().empty())) return;
    if (!shape::sent_as_written(object, shape::pointer_in(object, parent) + "/" + key)) return;
    findings
        .at_key(kFieldInvalid, Severity::kError, object,
                value.exists() ? value : shape::anchor(parent),
                prefix(object) + shape::path_in(object, parent) + " has no " + key)
        .fix("give it a" + std::string(*key == 'i' ? "n " : " ") + key);
  };
  for (const Container& container : pod_template(object).containers()) {
    need(container.value, "name");
    need(container.value, "image");
    for (Value mount : container.value.get("volumeMounts").items()) {
      if (mount.is_mapping()) need(mount, "mountPath");
    }
    for (Value port : container.value.get("ports").items()) {
      if (port.is_mapping()) need(port, "containerPort");
    }
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object) || object.from_cluster) return;
  const bool fragment = shape::is_fragment(object);
  Reporter report(object, findings);
  Value last;
  shape::walk_fields(object, [&](const FieldSite& site) {
    if (passed_over(site)) return;
    const auto complain = [&](Value value, std::string problem, std::string fix) {
      report(value, std::move(problem), fix);
    };
    if (!fragment && !(site.values.back() == last)) {
      last = site.values.back();
      shape::check_struct(kube::type_name(site.types.back()), last, complain);
    }
    shape::check_type(site, complain);
    shape::check_enum(site, complain);
    shape::check_limits(object, site, complain);
  });
  if (!fragment) check_required(object, context, findings);
}

}  // namespace

extern const Rule kFieldInvalid{313, "field-invalid", Severity::kError,
                                "a value that the API server refuses", check};

}  // namespace sts::lint
