#include "lint/model/text.h"
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

// An ExternalName is often an alias for a Service of another namespace, so one that merely lies in
// another folder of the project proves nothing.
bool is_surely_meant(const Object& service, const Object& set, const Index& index) {
  if (index.together(service, set)) return true;
  if (index.named(Kind::kService, service.name).size() > 1) return false;
  const auto [up, down] = Index::distance(set, service);
  const bool one_namespace = set.name_space.known() && service.name_space.known() &&
                             index.same_namespace(set, service) == SameNamespace::kYes;
  return one_namespace || up == 0 || down == 0;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const StatefulSetView set(object);
  const auto services = governing_services(set, context.index);
  const bool all = std::all_of(services.begin(), services.end(), [](const Object* each) {
    return ServiceView(*each).external_name == true;
  });
  if (services.empty() || !all || !is_surely_meant(*services.front(), object, context.index))
    return;
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
