#include "kube/semantics/dns_name.h"
#include "lint/model/text.h"
#include "lint/rules/dns_ref/common.h"

#include <algorithm>
#include <cctype>

namespace sts::lint {
namespace {

using namespace dns_ref;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kDnsRefNdotsWaste{136,
                                    "dns-ref-ndots-waste",
                                    Severity::kInfo,
                                    "an external name in a list of hosts, without its final dot",
                                    check,
                                    true};

namespace {

// With fewer dots than ndots a name is tried with every search domain first.
bool looks_external(const HostText& host) {
  if (host.address || host.final_dot || host.labels.size() < 2 ||
      host.labels.size() > kube::kDefaultNdots) {
    return false;
  }
  if (std::find(host.labels.begin(), host.labels.end(), "svc") != host.labels.end()) return false;
  const std::string_view zone = host.labels.back();
  return zone.size() >= 2 && std::all_of(zone.begin(), zone.end(), [](char c) {
           return std::isalpha(static_cast<unsigned char>(c)) != 0;
         });
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const HostSite& site : context.index.derived<HostSites>().of(object)) {
    if (!site.host.listed || !looks_external(site.host)) continue;
    // X.Y is a cluster name where Y is a Service or a namespace of the project.
    if (site.host.labels.size() == 2 &&
        context.index.find(object, Kind::kService, site.host.labels.back()).answer !=
            Answer::kAbsent) {
      continue;
    }
    report_host(findings, kDnsRefNdotsWaste, Severity::kInfo, site,
                quoted(site.host.name) +
                    " is asked for in every search domain of the cluster before it is asked for "
                    "as it is")
        .fix(std::string(site.host.name) + ".");
  }
}

}  // namespace
}  // namespace sts::lint
