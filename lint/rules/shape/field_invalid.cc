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
  return false;
}

std::string prefix(const Object& object) {
  return "the API server rejects " + shape::title(object) + ": ";
}

/// The type of these is ours; the rest is vct-storage-missing's and vct-name-invalid's.
bool claim_template_part(const FieldSite& site) {
  if (site.names.size() < 3 || site.names[2] != "volumeClaimTemplates[]") return false;
  return site.key() == "requests" || (site.key() == "name" && site.names.size() == 4);
}

class Reporter {
 public:
  Reporter(const Object& object, Findings& findings) : object_(object), findings_(findings) {}

  void operator()(Value value, std::string problem, const std::string& fix) {
    // One word for each value: a wrong type is not also out of range.
    std::string said = value.pointer();
    if (value.is_mapping()) said += ' ' + problem;
    if (std::find(said_.begin(), said_.end(), said) != said_.end()) return;
    if (!shape::sent_as_written(object_, value)) return;
    said_.push_back(std::move(said));
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

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!is_set(object) || object.from_cluster) return;
  const bool fragment = shape::is_fragment(object);
  Reporter report(object, findings);
  const auto complain = [&](Value value, std::string problem, const std::string& fix) {
    report(value, std::move(problem), fix);
  };
  shape::walk_fields(object, [&](const FieldSite& site) {
    if (passed_over(site) || site.field == nullptr) return;
    const Value value = site.entry.value;
    if (claim_template_part(site)) {
      const bool quantities = site.key() == "requests" && value.is_mapping();
      if (!quantities) shape::check_type(site, complain);
      return;
    }
    shape::check_type(site, complain);
    shape::check_enum(site, complain);
    shape::check_limits(object, site, complain);
    if (fragment || site.field->kind != kube::FieldKind::kStruct) return;
    const kube::TypeId type = site.field->index;
    if (value.is_mapping()) shape::check_struct(type, value, complain);
    for (Value item : value.items()) {
      if (item.is_mapping()) shape::check_struct(type, item, complain);
    }
  });
}

}  // namespace

extern const Rule kFieldInvalid{313, "field-invalid", Severity::kError,
                                "a value that the API server refuses", check};

}  // namespace sts::lint
