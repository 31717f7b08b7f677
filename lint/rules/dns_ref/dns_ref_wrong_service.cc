#include "lint/model/pods.h"
#include "lint/model/workload.h"
#include "lint/rules/dns_ref/common.h"

namespace sts::lint {
namespace {

using namespace dns_ref;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kDnsRefWrongService{131, "dns-ref-wrong-service", Severity::kError,
                                      "a pod's DNS name under a Service that does not govern it",
                                      check};

namespace {

// The set names a Service that is not there, and the host's own is there and selects its pods:
// service-not-found points at it, and with that the host resolves.
bool service_name_is_the_slip(const StatefulSetView& set, const Object& service,
                              const RuleContext& context) {
  return context.index.find(set.object, Kind::kService, set.service_name).answer ==
             Answer::kAbsent &&
         selects_pods(context.index.selector(service), set.object, context.index) == Match::kYes;
}

// A namespace that is not the set's, or that nobody here knows, may hold another such set and its
// Service: dns-ref-wrong-namespace says what can be said.
bool in_namespace_of_set(const PodHost& host, const Object& reader, const Index& index) {
  const std::string& own = host.set->name_space.name;
  if (host.name_space.empty()) {
    return host.name_space_unknown || index.same_namespace(reader, *host.set) != SameNamespace::kNo;
  }
  if (host.name_space == own) return true;
  return own.empty() && (host.name_space == "default" || project_has(host.name_space, index));
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const PodHost& host : context.index.derived<PodHosts>().of(object)) {
    if (host.service.empty() || host.service_left_out) continue;
    // Without `svc` the second label may be a namespace: dns-ref-missing-service.
    if (host.service == host.set->name_space.name) continue;
    const StatefulSetView set(*host.set);
    if (set.service_name.empty() || host.service == set.service_name) continue;
    if (!governing_name_known(*host.set) || !in_namespace_of_set(host, object, context.index))
      continue;
    const Reference service = context.index.find(*host.set, Kind::kService, host.service);
    if (service.answer == Answer::kUnknown) continue;
    const bool absent = service.answer == Answer::kAbsent;
    if (!absent && service_name_is_the_slip(set, *service.first(), context)) continue;

    // The pod's own name before a word that is no Service may be a name that only looks like one.
    const bool vague = host.name_space_unknown || (absent && host.own_pod() && !host.cluster);
    const bool proven = !vague && !(absent && service.lone_file) && !for_certificate(host);
    const std::string what =
        absent ? ": there is no Service " + quoted(host.service) + ", and the pods of "
               : ": a pod's name stands only under its governing Service, and that of ";
    auto finding = report_host(
        findings, kDnsRefWrongService, proven ? Severity::kError : Severity::kWarning, *host.site,
        quoted(host.site->host.name) + " never resolves" + what + title(*host.set) +
            (absent ? " have their names under Service " : " is ") + quoted(set.service_name));
    finding.related(set.spec.get("serviceName"), title(*host.set) + " sets serviceName here");
    if (!absent) {
      finding.related(service.first()->metadata.get("name"),
                      "Service " + quoted(host.service) + " gives these pods no names");
    }
    finding.fix(right_name(host, set.service_name, context));
  }
}

}  // namespace
}  // namespace sts::lint
