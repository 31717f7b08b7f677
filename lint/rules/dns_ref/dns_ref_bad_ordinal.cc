#include "lint/model/scale.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rules/dns_ref/common.h"

namespace sts::lint {
namespace {

using namespace dns_ref;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kDnsRefBadOrdinal{132, "dns-ref-bad-ordinal", Severity::kWarning,
                                    "a pod's DNS name with an ordinal that the set does not have",
                                    check};

namespace {

std::string pod_range(const StatefulSetView& set, std::int64_t count) {
  const std::string name(set.object.name);
  const std::string first = name + "-" + std::to_string(set.start);
  if (count == 1) return first + " alone";
  return first + " to " + name + "-" + std::to_string(set.start + count - 1);
}

bool check_host(const PodHost& host, const RuleContext& context, Findings& findings) {
  const StatefulSetView set(*host.set, context.index);
  if (host.own_pod() || host.service.empty() || host.service != set.service_name) return false;
  // A script that looks for pods that are there also asks for some that are not.
  if (host.only_tried) return false;
  const Scale scale = scale_of(set, context.index);
  // Nobody scales to 0 for good.
  if (!scale.most || *scale.most == 0 || set.start_unknown) return false;
  // Left out on purpose, most often: somebody scales by hand.
  if (scale.autoscaler == nullptr && !scale.place) return false;
  if (host.ordinal >= set.start && host.ordinal < set.start + *scale.most) return false;
  auto finding =
      report_host(findings, kDnsRefBadOrdinal, Severity::kWarning, *host.site,
                  quoted(host.site->host.name) + " names a pod that " + title(*host.set) +
                      " does not have: its pods are " + pod_range(set, *scale.most));
  if (scale.autoscaler != nullptr) {
    finding.related(scale.autoscaler->metadata.get("name"), "the autoscaler's maximum counts");
  } else {
    finding.related(scale.place, "replicas is set here");
  }
  finding.fix("name an existing pod, or raise replicas");
  return true;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  each_pod_host(object, context,
                [&](const PodHost& host) { return check_host(host, context, findings); });
}

}  // namespace
}  // namespace sts::lint
