#include "lint/model/text.h"
#include "lint/rules/service/common.h"

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kTemplateHostnameIgnored{118, "template-hostname-ignored", Severity::kWarning,
                                           "hostname or subdomain in a StatefulSet's template",
                                           check};

namespace {

// updateIdentity/initIdentity (pkg/controller/statefulset/stateful_set_utils.go, v1.34) set both.
void check(const Object& object, const RuleContext&, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const StatefulSetView set(object);
  if (const kube::Value hostname = set.pods.spec.get("hostname")) {
    findings
        .at(kTemplateHostnameIgnored, Severity::kWarning, object, hostname,
            "hostname " + quoted(hostname.text()) + " in the template of " + title(object) +
                " is ignored: the controller sets it to each pod's name")
        .fix("remove hostname");
  }
  const kube::Value subdomain = set.pods.spec.get("subdomain");
  if (!subdomain || set.service_name_unknown || subdomain.is_placeholder()) return;
  // The same name twice does no harm.
  if (subdomain.text() == set.service_name) return;
  auto finding = findings.at(
      kTemplateHostnameIgnored, Severity::kWarning, object, subdomain,
      "subdomain " + quoted(subdomain.text()) + " in the template of " + title(object) +
          " is ignored: the controller sets it to serviceName" +
          (set.service_name.empty() ? ", which is empty" : ", " + quoted(set.service_name)));
  if (set.service_name.empty()) {
    finding.fix("serviceName: " + std::string(subdomain.text()) + " in the set's spec");
  } else {
    finding.related(set.spec.get("serviceName"), "serviceName decides").fix("remove subdomain");
  }
}

}  // namespace
}  // namespace sts::lint
