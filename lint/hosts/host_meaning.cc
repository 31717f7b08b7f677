#include "lint/hosts/host_meaning.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sts::lint {
namespace {

using Kind = HostMeaning::Kind;
using Labels = std::span<const std::string_view>;

bool is_port(Labels labels) {
  return labels.size() > 2 && labels[0].starts_with('_') && labels[1].starts_with('_');
}

// Which of its relative readings a name of two or three labels has; null for none.
const kube::ServiceDnsName* relative(Labels labels,
                                     const std::vector<kube::ServiceDnsName>& readings,
                                     const KnownLabels& known) {
  const std::string_view first = labels[0];
  const std::string_view last = labels.back();
  if (is_outer_zone(last) && !known.service(last)) return nullptr;
  const bool own = first == kOwnPod;
  const bool pod = own || known.pod(first);
  if (labels.size() == 3) {
    const bool cluster = own || last == kOwnNamespace || pod || known.service(labels[1]);
    return cluster ? &readings.back() : nullptr;
  }
  if (labels.size() != 2) return nullptr;
  const kube::ServiceDnsName& under_service = readings.front();
  const kube::ServiceDnsName& elsewhere = readings.back();
  if (own) return &under_service;
  if (last == kOwnNamespace) return &elsewhere;
  const bool kubernetes = first == "kubernetes" && last == "default";
  // The resolver tries the pod under the Service first, but there is one only if the first label
  // is a pod's.
  if (pod) return known.service(first) && !known.service(last) ? &elsewhere : &under_service;
  if (known.service(last) && !(known.service(first) && known.name_space(last))) {
    return &under_service;
  }
  if (known.service(first) || kubernetes || known.name_space(last)) return &elsewhere;
  return nullptr;
}

}  // namespace

bool is_outer_zone(std::string_view label) {
  static constexpr std::array<std::string_view, 26> kZones = {
      "com", "net",  "org",  "io",          "dev",  "app",  "cloud",    "local", "internal",
      "co",  "de",   "uk",   "eu",          "gov",  "edu",  "me",       "sh",    "arpa",
      "lan", "info", "home", "localdomain", "corp", "test", "intranet", "docker"};
  return std::find(kZones.begin(), kZones.end(), label) != kZones.end();
}

HostMeaning meaning_of(Labels labels, bool final_dot, const KnownLabels& known) {
  HostMeaning meaning;
  if (labels.empty()) return meaning;
  const auto svc =
      labels.size() < 2 ? labels.end() : std::find(labels.begin() + 1, labels.end(), "svc");
  meaning.svc = svc != labels.end();
  meaning.full = meaning.svc && svc + 1 != labels.end();
  const bool opaque = std::any_of(labels.begin(), labels.end(), [](std::string_view label) {
    return label.find(kAnything) != std::string_view::npos;
  });
  if (!meaning.svc && final_dot) {
    meaning.kind = opaque ? Kind::kUnknown : Kind::kOutside;
    return meaning;
  }
  const auto readings = kube::service_dns_readings(labels, final_dot);
  const kube::ServiceDnsName* chosen = nullptr;
  if (meaning.svc) {
    // db.svc and db.svc.cluster.local leave out the namespace, and are no name at all.
    if (svc - labels.begin() >= 2 && !readings.empty() &&
        (readings.back().domain_labels > 0) == meaning.full) {
      chosen = &readings.back();
    }
  } else if (opaque) {
    return meaning;
  } else if (labels.size() == 1) {
    chosen = &readings.front();
  } else if (is_port(labels)) {
    meaning = meaning_of(labels.subspan(2), final_dot, known);
    meaning.name.port = labels[0].substr(1);
    meaning.name.protocol = labels[1].substr(1);
    return meaning;
  } else {
    chosen = relative(labels, readings, known);
    if (chosen == nullptr) meaning.kind = Kind::kOutside;
  }
  if (chosen == nullptr) return meaning;
  meaning.name = *chosen;
  meaning.kind = chosen->hostname.empty() ? Kind::kService : Kind::kPod;
  return meaning;
}

}  // namespace sts::lint
