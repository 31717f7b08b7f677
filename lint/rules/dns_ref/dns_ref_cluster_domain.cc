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

// The domain after `.svc.`: "" where the name has none.
std::string_view domain_of(const HostText& host) {
  const auto svc = std::find(host.labels.begin(), host.labels.end(), "svc");
  if (svc == host.labels.end() || svc - host.labels.begin() < 2 || svc + 1 == host.labels.end()) {
    return {};
  }
  return host.name.substr(static_cast<std::size_t>((svc + 1)->data() - host.name.data()));
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
