#include "lint/model/text.h"
#include "lint/rules/service/common.h"

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kHeadlessNodeportLb{115, "headless-nodeport-lb", Severity::kError,
                                      "clusterIP: None with a type that needs a cluster IP", check};

namespace {

// ValidateService (pkg/apis/core/validation/validation.go, v1.34): "may not be set to 'None' for
// LoadBalancer services", "… NodePort services"; "may not be set for ExternalName services".
void check(const Object& object, const RuleContext&, Findings& findings) {
  if (object.kind != Kind::kService || object.from_cluster) return;
  const ServiceView view(object);
  if (view.headless != true) return;
  const bool outward = view.type == "NodePort" || view.type == "LoadBalancer";
  if (!outward && view.external_name != true) return;
  auto finding = findings.at(kHeadlessNodeportLb, Severity::kError, object, view.spec.get("type"),
                             title(object) + " is headless and of type " + std::string(view.type) +
                                 ", which the API server rejects");
  const kube::Value ip = view.spec.get("clusterIP");
  finding.related(ip ? ip : view.spec.get("clusterIPs"), "clusterIP: None makes it headless");
  finding.fix(outward ? "make two Services: this one without type, and one of type " +
                            std::string(view.type) + " without clusterIP: None"
                      : "remove clusterIP: None");
}

}  // namespace
}  // namespace sts::lint
