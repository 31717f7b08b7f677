#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <array>
#include <string>

namespace sts::lint {

extern const Rule kNameMissing;

namespace {

using kube::Value;

bool given(Value name) { return name && !(name.is_scalar() && name.text().empty()); }

/// Where a name was written instead.
Value strayed_name(const Object& object) {
  for (Value name : {object.metadata.get("labels", "name"), object.root.get("name"),
                     object.root.get("spec", "name"), object.root.get("metadata", "Name")}) {
    if (given(name) && name.is_scalar()) return name;
  }
  return {};
}

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!is_set(object) || shape::is_fragment(object)) return;
  if (given(object.metadata.get("name")) || given(object.metadata.get("generateName"))) return;
  if (!shape::sent_as_written(object, "/metadata/name")) return;
  const Value strayed = strayed_name(object);
  std::string message = title(object) + " has no metadata.name, so the API server rejects it";
  if (strayed) {
    const std::string path = shape::path_in(object, strayed);
    message += "; the name " + quoted(strayed.text()) + " stands at " +
               (path == "name" ? "the top level" : path);
  }
  const Value place = object.metadata ? object.metadata : object.root.get("kind");
  auto report = findings.at_key(kNameMissing, Severity::kError, object, place, std::move(message));
  if (!strayed) {
    report.fix("give it a metadata.name");
    return;
  }
  report.fix("metadata.name: " + std::string(strayed.text()));
  report.related_key(strayed, "the name is here");
}

}  // namespace

extern const Rule kNameMissing{301, "name-missing", Severity::kError,
                               "a StatefulSet or DaemonSet without metadata.name", check};

}  // namespace sts::lint
