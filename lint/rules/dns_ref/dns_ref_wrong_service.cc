#include "lint/model/pods.h"
#include "lint/model/text.h"
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

bool check_host(const PodHost& host, const Object& object, const RuleContext& context,
                Findings& findings) {
  if (host.service.empty() || host.service_left_out) return false;
  // Without `svc` the second label may be a namespace: dns-ref-missing-service.
  if (host.service == host.set->name_space.name) return false;
  const StatefulSetView set(*host.set);
  if (set.service_name.empty() || host.service == set.service_name) return false;
  if (!governing_name_known(*host.set) || !in_namespace_of_set(host, object, context.index))
    return false;
  const Reference service = context.index.find(*host.set, Kind::kService, host.service);
  if (service.answer == Answer::kUnknown) return false;
  const bool absent = service.answer == Answer::kAbsent;
  if (!absent && service_name_is_the_slip(set, *service.first(), context)) return false;

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
  return true;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  each_pod_host(object, context,
                [&](const PodHost& host) { return check_host(host, object, context, findings); });
}

}  // namespace
}  // namespace sts::lint
