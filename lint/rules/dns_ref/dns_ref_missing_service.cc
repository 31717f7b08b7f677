#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rules/dns_ref/common.h"

#include <optional>
#include <string>

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
  const bool bare = host.site->host.labels.size() == 1;
  if (bare && &reader == host.set && StatefulSetView(reader, index).replicas == 1) return true;
  for (kube::Value alias : pod_template(reader).spec.get("hostAliases").items()) {
    for (kube::Value name : alias.get("hostnames").items()) {
      if (name.text() == host.site->host.name || name.is_placeholder()) return true;
    }
  }
  return false;
}

struct LeftOut {
  std::string what;             // the end of the message
  std::string_view service;     // what a Service would have to be called for the name to resolve
  std::string_view name_space;  // and where; "" for the reader's own
  PodHost full;                 // what was meant
  bool sure = true;
};

// What the name leaves out; nothing where it has all its parts.
std::optional<LeftOut> left_out(const PodHost& host, const StatefulSetView& set,
                                const Index& index) {
  const std::string& own = host.set->name_space.name;
  LeftOut result{", not by itself", host.pod, {}, host, true};
  if (host.service_left_out) {
    if (host.name_space_unknown) return std::nullopt;
    result.name_space = host.name_space;
    if (host.name_space == set.service_name && !project_has(host.name_space, index)) {
      result.what = ", and the namespace is left out";
      result.full.name_space = {};
      result.full.cluster = !own.empty();
      return result;
    }
    result.sure = host.name_space.empty() || host.name_space == own ||
                  host.name_space == "default" || project_has(host.name_space, index);
    result.what = host.name_space.empty() || host.name_space == own || own.empty()
                      ? ", and the Service's name is left out"
                      : "; this is Service " + quoted(host.pod) + " in namespace " +
                            quoted(host.name_space) + ", which is not there";
    return result;
  }
  if (host.service.empty()) return host.own_pod() ? std::nullopt : std::optional(result);
  if (!host.name_space.empty() || host.service != own || host.service == set.service_name) {
    return std::nullopt;
  }
  result.what = ", and the Service's name is left out";
  result.service = host.service;
  result.full.name_space = host.service;
  return result;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const PodHost& host : context.index.derived<PodHosts>().of(object)) {
    const StatefulSetView set(*host.set);
    if (set.service_name.empty() || !governing_name_known(*host.set)) continue;
    const auto found = left_out(host, set, context.index);
    if (!found || in_hosts_file(host, object, context.index)) continue;
    // A Service may have the pod's name, or the namespace's.
    const Reference service =
        found->name_space.empty()
            ? context.index.find(object, Kind::kService, found->service)
            : context.index.find_in(object, Kind::kService, found->service, found->name_space);
    if (service.answer != Answer::kAbsent) continue;

    const bool proven = found->sure && !service.lone_file && !for_certificate(host);
    report_host(findings, kDnsRefMissingService, proven ? Severity::kError : Severity::kWarning,
                *host.site,
                quoted(host.site->host.name) + " never resolves: a pod of " + title(*host.set) +
                    " has its DNS name under its governing Service " + quoted(set.service_name) +
                    found->what)
        .related(set.spec.get("serviceName"), title(*host.set) + " sets serviceName here")
        .fix(right_name(found->full, set.service_name, context));
  }
}

}  // namespace
}  // namespace sts::lint
