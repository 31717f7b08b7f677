#include "kube/semantics/gates.h"
#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>

namespace sts::lint {

extern const Rule kDeprecatedApi;

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object) && object.kind != Kind::kPodDisruptionBudget &&
      object.kind != Kind::kHorizontalPodAutoscaler) {
    return;
  }
  const kube::Removal* removal = kube::removal_of(object.api_version, object.kind_name);
  if (removal == nullptr) return;
  // What was read from a cluster is served there, whatever version was named.
  const bool removed =
      !object.from_cluster && context.options.kubernetes_version >= removal->removed;
  const std::string minor =
      std::to_string(removal->removed.major) + "." + std::to_string(removal->removed.minor);
  std::string message = title(object) + " uses " + std::string(object.api_version) +
                        ", which Kubernetes " +
                        (removed ? "no longer serves since " : "stops serving in ") + minor;
  std::string fix = "apiVersion: " + std::string(removal->replacement);
  if (is_set(object) && !object.root.get("spec", "selector")) {
    fix += ", which needs a spec.selector too";
  }
  findings
      .at(kDeprecatedApi, removed ? Severity::kError : Severity::kWarning, object,
          object.root.get("apiVersion"), std::move(message))
      .fix(std::move(fix));
}

}  // namespace

extern const Rule kDeprecatedApi{309, "deprecated-api", Severity::kError,
                                 "an API version that Kubernetes no longer serves", check};

}  // namespace sts::lint
