#include "lint/hosts/host_sites.h"
#include "lint/model/pod_name_uses.h"
#include "lint/model/text.h"
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

// Its own pods call themselves by a name under a Service that is there: $(POD_NAME).kafka.
const PodHost* own_name(const Object& object, const Index& index) {
  for (const PodHost& host : index.derived<PodHosts>().of(object)) {
    if (host.own_pod() && !host.service.empty() && host.name_space.empty() &&
        index.find(object, Kind::kService, host.service).answer == Answer::kFound) {
      return &host;
    }
  }
  return nullptr;
}

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
  const PodHost* own = use == nullptr ? own_name(object, context.index) : nullptr;
  if (use != nullptr || own != nullptr) {
    const std::string_view host = use != nullptr ? use->text() : own->site->host.name;
    const std::string_view service = use != nullptr ? use->use.service : own->service;
    report(findings, kServicenameMissing, Severity::kError, object, field, set.spec,
           title(object) + " has no serviceName, so no pod of it gets a DNS name, but " +
               quoted(host) + " is used as one")
        .related(use != nullptr ? use->place() : own->site->place(), quoted(host) + " is used here")
        .fix("serviceName: " + std::string(service));
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
