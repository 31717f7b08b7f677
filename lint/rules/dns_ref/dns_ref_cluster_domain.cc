#include "kube/semantics/dns_name.h"
#include "lint/model/text.h"
#include "lint/rules/dns_ref/common.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace dns_ref;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kDnsRefClusterDomain{135, "dns-ref-cluster-domain", Severity::kInfo,
                                       "a cluster DNS name in another cluster domain", check};

namespace {

// The domain after `.svc.`: "" where the name has none, or a variable brings it.
std::string_view domain_of(const HostText& host) {
  const auto readings = kube::service_dns_readings(host.labels, host.final_dot);
  if (readings.empty() || readings.back().domain_labels == 0) return {};
  const auto written = kube::dns_labels(host.name);
  if (written.size() != host.labels.size()) return {};
  const std::string_view first = written[written.size() - readings.back().domain_labels];
  const std::string_view domain =
      host.name.substr(static_cast<std::size_t>(first.data() - host.name.data()));
  return domain.find_first_of("$`") == std::string_view::npos ? domain : std::string_view();
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const std::string& own = context.options.cluster_domain;
  for (const HostSite& site : context.index.derived<HostSites>().of(object)) {
    const std::string_view domain = domain_of(site.host);
    // clusterset.local is the zone of the multi-cluster Services API (KEP-1645).
    if (domain.empty() || domain == own || domain == "clusterset.local") continue;
    const std::string name(site.host.name);
    report_host(findings, kDnsRefClusterDomain, Severity::kInfo, site,
                quoted(name) + " is a name of cluster domain " + quoted(domain) +
                    "; this cluster's is taken to be " + quoted(own))
        .fix(name.substr(0, name.size() - domain.size()) + own + ", or --cluster-domain " +
             std::string(domain));
  }
}

}  // namespace
}  // namespace sts::lint
