#include "lint/rules/service/common.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServiceExternalname{107, "service-externalname", Severity::kError,
                                       "a governing Service of type ExternalName", check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const StatefulSetView set(object);
  const auto services = governing_services(set, context.index);
  const bool all = std::all_of(services.begin(), services.end(), [](const Object* each) {
    return ServiceView(*each).external_name == true;
  });
  if (services.empty() || !all) return;
  const ServiceView view(*services.front());
  findings
      .at(kServiceExternalname, Severity::kError, view.object, view.spec.get("type"),
          title(view.object) + " governs " + title(object) +
              " but is of type ExternalName, which never has endpoints: no pod gets a DNS name")
      .related(set.spec.get("serviceName"), title(object) + " names it here")
      .fix("name a Service with clusterIP: None and a selector instead");
}

}  // namespace
}  // namespace sts::lint
