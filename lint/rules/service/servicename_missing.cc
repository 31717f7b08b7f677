#include "lint/model/pod_name_uses.h"
#include "lint/rules/service/candidates.h"
#include "lint/rules/service/common.h"

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServicenameMissing{
    101, "servicename-missing", Severity::kError,
    "a StatefulSet without serviceName, whose pods get no DNS names", check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const StatefulSetView set(object);
  if (!set.spec.is_mapping() || set.service_name_unknown || !set.service_name.empty() ||
      is_fragment(object)) {
    return;
  }
  const auto candidates =
      context.index.derived<ServiceTable>().candidates(object, "", context.index);
  const Candidate* candidate = best(candidates, object);

  const PodNameSite* use = context.index.derived<PodNameUses>().of_set(object, context.index);
  // `kafka-0.example.com` may well be a name of the outer world.
  if (use != nullptr && use->use.one_label_after &&
      context.index.find(object, Kind::kService, use->use.service).answer != Answer::kFound) {
    use = nullptr;
  }
  const kube::Value field = set.spec.get("serviceName");
  if (use != nullptr) {
    const std::string_view host = use->text();
    report(findings, kServicenameMissing, Severity::kError, object, field, set.spec,
           title(object) + " has no serviceName, so no pod of it gets a DNS name, but " +
               quoted(host) + " is used as one")
        .related(use->place(), quoted(host) + " is used here")
        .fix("serviceName: " + std::string(use->use.service));
    return;
  }
  auto finding =
      report(findings, kServicenameMissing, Severity::kInfo, object, field, set.spec,
             title(object) + " has no serviceName, so its pods get no DNS names of their own");
  if (candidate != nullptr && candidate->headless) {
    const Object& service = *candidate->service;
    finding
        .related(service.metadata.get("name"),
                 "headless Service " + quoted(service.name) + " selects these pods")
        .fix("serviceName: " + std::string(service.name));
  } else {
    finding.fix("add a headless Service and name it, if its pods are to be called by name");
  }
}

}  // namespace
}  // namespace sts::lint
