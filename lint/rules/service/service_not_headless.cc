#include "lint/model/pod_name_uses.h"
#include "lint/model/text.h"
#include "lint/rules/service/candidates.h"
#include "lint/rules/service/common.h"

#include <algorithm>
#include <cctype>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServiceNotHeadless{104, "service-not-headless", Severity::kError,
                                      "a governing Service with a cluster IP", check};

namespace {

bool is_misspelt_none(kube::Value cluster_ip) {
  const auto text = cluster_ip.string();
  if (!text || *text == "None") return false;
  std::string lower(*text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower == "none" || lower == "null";
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const Index& index = context.index;
  const StatefulSetView set(object);
  const auto services = governing_services(set, index);
  const bool all = std::all_of(services.begin(), services.end(), [](const Object* each) {
    const ServiceView view(*each);
    return view.headless == false && view.external_name == false;
  });
  if (services.empty() || !all) return;
  const ServiceView view(*services.front());
  const Object& service = view.object;
  const kube::Value cluster_ip = view.spec.get("clusterIP");
  const kube::Value name = set.spec.get("serviceName");

  if (is_misspelt_none(cluster_ip)) {
    findings
        .at(kServiceNotHeadless, Severity::kError, service, cluster_ip,
            title(service) + " governs " + title(object) + " with clusterIP " +
                quoted(cluster_ip.text()) +
                ", which the API server rejects: a headless Service says None")
        .related(name, title(object) + " names it here")
        .fix("clusterIP: None");
    return;
  }
  // One pod behind a ClusterIP Service is a working habit, unless it is called by its own name.
  if (set.replicas == 1 &&
      index.derived<PodNameUses>().under_service(object, set.service_name, index) == nullptr) {
    return;
  }
  const bool outward = view.type == "NodePort" || view.type == "LoadBalancer";
  auto finding = report(findings, kServiceNotHeadless, Severity::kWarning, service,
                        cluster_ip ? cluster_ip
                        : outward  ? view.spec.get("type")
                                   : kube::Value(),
                        view.spec,
                        title(service) + " governs " + title(object) +
                            " but is not headless: DNS promises names of single pods only under "
                            "a Service with clusterIP: None");
  finding.related(name, title(object) + " names it here");
  const auto candidates = index.derived<ServiceTable>().candidates(object, set.service_name, index);
  const Candidate* candidate = best(candidates, object);
  if (candidate != nullptr && candidate->headless && candidate->selects) {
    finding
        .related(candidate->service->metadata.get("name"),
                 "headless Service " + quoted(candidate->service->name) + " selects these pods")
        .fix("serviceName: " + std::string(candidate->service->name));
  } else if (outward) {
    finding.fix("keep it for clients and name a second Service with clusterIP: None");
  } else {
    finding.fix("clusterIP: None");
  }
}

}  // namespace
}  // namespace sts::lint
