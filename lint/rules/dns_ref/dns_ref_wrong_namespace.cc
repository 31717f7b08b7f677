#include "lint/model/workload.h"
#include "lint/rules/dns_ref/common.h"

namespace sts::lint {
namespace {

using namespace dns_ref;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kDnsRefWrongNamespace{133, "dns-ref-wrong-namespace", Severity::kError,
                                        "a pod's DNS name in a namespace that its set is not in",
                                        check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const PodHost& host : pod_hosts(object, context)) {
    const std::string& own = host.set->name_space.name;
    if (host.name_space.empty() || own.empty() || host.name_space == own) continue;
    const bool known = project_has(host.name_space, context.index);
    // Without `svc` the third label may be part of another zone's name.
    if (!host.cluster && !known) continue;
    const Reference there =
        context.index.find_in(object, Kind::kStatefulSet, host.set->name, host.name_space);
    if (there.answer != Answer::kAbsent) continue;
    const bool proven = known && !there.lone_file && !for_certificate(host);
    report_host(findings, kDnsRefWrongNamespace, proven ? Severity::kError : Severity::kWarning,
                *host.site,
                quoted(host.site->host.name) + " looks in namespace " + quoted(host.name_space) +
                    ", but " + title(*host.set) + " is in namespace " + quoted(own))
        .related(host.set->metadata.get("name"), title(*host.set) + " is defined here")
        .fix(right_name(host, host.service, context));
  }
}

}  // namespace
}  // namespace sts::lint
