#include "lint/model/workload.h"
#include "lint/rules/dns_ref/common.h"

namespace sts::lint {
namespace {

using namespace dns_ref;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kDnsRefMissingService{134, "dns-ref-missing-service", Severity::kError,
                                        "a pod's DNS name that leaves out its governing Service",
                                        check};

namespace {

// The kubelet writes a pod's own name into its /etc/hosts, and what hostAliases say.
bool in_hosts_file(const PodHost& host, const Object& reader, const Index& index) {
  if (&reader == host.set && StatefulSetView(reader, index).replicas == 1) return true;
  for (kube::Value alias : pod_template(reader).spec.get("hostAliases").items()) {
    for (kube::Value name : alias.get("hostnames").items()) {
      if (name.text() == host.pod || name.is_placeholder()) return true;
    }
  }
  return false;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const PodHost& host : pod_hosts(object, context)) {
    const std::string& own = host.set->name_space.name;
    const bool bare = host.service.empty();
    const bool namespace_instead =
        host.service_left_out || (!bare && host.name_space.empty() && host.service == own);
    if (!bare && !namespace_instead) continue;
    if (in_hosts_file(host, object, context.index)) continue;
    const StatefulSetView set(*host.set);
    if (set.service_name.empty() || host.service == set.service_name) continue;
    if (!governing_name_known(*host.set)) continue;
    // A Service may have the pod's name, or the namespace's.
    const std::string_view other = bare ? host.pod : host.service;
    const Reference service =
        context.index.find(object, Kind::kService, host.service_left_out ? host.pod : other);
    if (service.answer != Answer::kAbsent) continue;

    const bool proven = !service.lone_file && !for_certificate(host);
    PodHost full = host;
    if (namespace_instead) full.name_space = host.service;
    report_host(findings, kDnsRefMissingService, proven ? Severity::kError : Severity::kWarning,
                *host.site,
                quoted(host.site->host.name) + " never resolves: a pod of " + title(*host.set) +
                    " has its DNS name under its governing Service " + quoted(set.service_name) +
                    (bare ? ", not by itself" : ", and the Service's name is left out"))
        .related(set.spec.get("serviceName"), title(*host.set) + " sets serviceName here")
        .fix(right_name(full, set.service_name, context));
  }
}

}  // namespace
}  // namespace sts::lint
