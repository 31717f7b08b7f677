#include "rollout/dns/dns.h"

#include "kube/semantics/dns_name.h"
#include "kube/semantics/dns_records.h"
#include "rollout/dns/intended.h"
#include "rollout/dns/reasons.h"

#include <algorithm>

namespace sts::rollout {
namespace {

constexpr std::int64_t kMostNames = 10'000;  // a typing error in replicas is not to fill the memory

kube::DnsSource source_of(const DnsSnapshot& snapshot) {
  return {snapshot.services, snapshot.slices, snapshot.domain.name};
}

bool take(const kube::DnsRecords& records, NameVerdict& verdict) {
  if (records.answer != kube::DnsAnswer::kAddresses && records.answer != kube::DnsAnswer::kAlias) {
    return false;
  }
  verdict.resolves = true;
  verdict.addresses = records.addresses;
  verdict.alias = records.alias;
  return true;
}

OrdinalName expected(const DnsSnapshot& snapshot, std::int64_t ordinal) {
  const kube::StatefulSet& set = snapshot.set;
  OrdinalName out;
  out.ordinal = ordinal;
  out.pod = set.pod_name(ordinal);
  if (!set.service_name.empty()) {
    out.verdict.name =
        kube::pod_dns_name(out.pod, set.service_name, set.meta.name_space, snapshot.domain.name);
    out.verdict.asked = out.verdict.name;
    if (take(kube::dns_lookup(source_of(snapshot), out.verdict.asked), out.verdict)) return out;
  }
  explain_pod(snapshot, ordinal, out.verdict);
  return out;
}

// Nothing where the name may be one of another DNS.
std::optional<NameVerdict> judge(const DnsSnapshot& snapshot, const std::string& name) {
  const std::string& domain = snapshot.domain.name;
  const std::string& name_space = snapshot.set.meta.name_space;
  const std::vector<std::string_view> labels = kube::dns_labels(name);
  const auto intended = intended_name(labels, name_space);
  if (!intended || snapshot.unreadable.contains(intended->name_space)) return std::nullopt;
  NameVerdict verdict;
  verdict.name = name;
  if (intended->domain_labels > 0 && !name.ends_with(".svc." + domain)) {
    // Any other domain may be one that is served elsewhere; this one is the default that is written
    // down by heart.
    if (!name.ends_with(".svc.cluster.local") ||
        snapshot.domain.source == ClusterDomain::Source::kDefault) {
      return std::nullopt;
    }
    verdict.asked = name;
    verdict.reason = DnsReason::kOtherDomain;
    verdict.why = "it ends in cluster.local, and the cluster's domain is " + domain + " (" +
                  std::string(to_string(snapshot.domain.source)) + ")";
    verdict.way_out = "leave the domain out, or write " + domain;
    return verdict;
  }
  const auto search = kube::cluster_search_list(name_space, domain);
  for (const std::string& asked : kube::names_asked(name, search)) {
    if (take(kube::dns_lookup(source_of(snapshot), asked), verdict)) {
      verdict.asked = asked;
      return verdict;
    }
  }
  verdict.asked = full_name(*intended, domain);
  explain_name(snapshot, *intended, verdict);
  return verdict;
}

}  // namespace

bool DnsReport::all_resolve() const {
  return std::all_of(names.begin(), names.end(),
                     [](const OrdinalName& name) { return name.verdict.resolves; }) &&
         std::all_of(references.begin(), references.end(),
                     [](const ReferenceVerdict& name) { return name.verdict.resolves; });
}

DnsReport dns_report(const DnsSnapshot& snapshot) {
  const kube::StatefulSet& set = snapshot.set;
  DnsReport report;
  report.name_space = set.meta.name_space;
  report.set = set.meta.name;
  report.service = set.service_name;
  report.domain = snapshot.domain;
  report.notes = snapshot.notes;
  const std::int64_t end = std::min(set.end_ordinal(), set.ordinals_start + kMostNames);
  for (std::int64_t ordinal = set.ordinals_start; ordinal < end; ++ordinal) {
    report.names.push_back(expected(snapshot, ordinal));
  }
  for (const NameReference& reference : snapshot.references) {
    const auto same = std::find_if(
        report.references.begin(), report.references.end(),
        [&](const ReferenceVerdict& known) { return known.verdict.name == reference.name; });
    if (same != report.references.end()) {
      same->where.push_back(reference.where);
    } else if (auto verdict = judge(snapshot, reference.name)) {
      report.references.push_back({{reference.where}, std::move(*verdict)});
    }
  }
  for (const auto& [name_space, why] : snapshot.unreadable) {
    report.notes.push_back("names of namespace " + name_space +
                           " are left out: its Services could not be read: " + why);
  }
  return report;
}

std::string_view to_string(DnsReason reason) {
  switch (reason) {
    case DnsReason::kNone:
      return "";
    case DnsReason::kNoServiceName:
      return "no-service-name";
    case DnsReason::kServiceMissing:
      return "service-missing";
    case DnsReason::kExternalName:
      return "external-name";
    case DnsReason::kPodMissing:
      return "pod-missing";
    case DnsReason::kOtherSubdomain:
      return "other-subdomain";
    case DnsReason::kOtherHostname:
      return "other-hostname";
    case DnsReason::kNoSelector:
      return "no-selector";
    case DnsReason::kSelectsOthers:
      return "selects-others";
    case DnsReason::kNoAddress:
      return "no-address";
    case DnsReason::kAddressFamily:
      return "address-family";
    case DnsReason::kEnded:
      return "ended";
    case DnsReason::kTerminating:
      return "terminating";
    case DnsReason::kNotReady:
      return "not-ready";
    case DnsReason::kNoSlice:
      return "no-slice";
    case DnsReason::kOrdinalOutOfRange:
      return "ordinal-out-of-range";
    case DnsReason::kOtherService:
      return "other-service";
    case DnsReason::kNoEndpoints:
      return "no-endpoints";
    case DnsReason::kOtherDomain:
      return "other-domain";
    case DnsReason::kNoSuchEndpoint:
      return "no-such-endpoint";
  }
  return "";
}

}  // namespace sts::rollout
