#include "lint/model/text.h"
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

// A name that leaves out its namespace is asked for in that of the pod that asks.
bool is_elsewhere(const PodHost& host, const Object& object, const Index& index) {
  return host.name_space.empty() && !host.service.empty() && object.name_space.known() &&
         index.same_namespace(object, *host.set) == SameNamespace::kNo &&
         // Endpoints made by hand may have any names.
         index.find(object, Kind::kService, host.service).answer == Answer::kAbsent;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const Index& index = context.index;
  for (const PodHost& host : index.derived<PodHosts>().of(object)) {
    const std::string& own = host.set->name_space.name;
    const std::string_view meant = meant_namespace(host, object);
    if (meant.empty() || own.empty() || meant == own || host.service_left_out) continue;
    const bool written = !host.name_space.empty();
    if (!written && !is_elsewhere(host, object, index)) continue;
    const bool known = project_has(meant, index);
    // Without `svc` the third label may be part of another zone's name.
    if (!host.cluster && !known) continue;
    const Reference there = index.find_in(object, Kind::kStatefulSet, host.set->name, meant);
    if (there.answer != Answer::kAbsent) continue;
    // Who reads a ConfigMap may stand elsewhere, and ask for what it made of the name.
    const bool asks = written || object.kind != Kind::kConfigMap;
    const bool proven = known && asks && !there.lone_file && !for_certificate(host);
    PodHost full = host;
    if (!written) full.name_space = own;
    report_host(
        findings, kDnsRefWrongNamespace, proven ? Severity::kError : Severity::kWarning, *host.site,
        quoted(host.site->host.name) +
            (written ? " looks in namespace " : " looks in the namespace of the pod that asks, ") +
            quoted(meant) + ", but " + title(*host.set) + " is in namespace " + quoted(own))
        .related(host.set->metadata.get("name"), title(*host.set) + " is defined here")
        .fix(right_name(full, host.service, context));
  }
}

}  // namespace
}  // namespace sts::lint
