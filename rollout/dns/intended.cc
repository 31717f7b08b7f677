#include "rollout/dns/intended.h"

#include <algorithm>

namespace sts::rollout {

std::optional<kube::ServiceDnsName> intended_name(std::span<const std::string_view> labels,
                                                  std::string_view name_space) {
  const auto svc = std::find(labels.begin(), labels.end(), "svc");
  const auto before = static_cast<std::size_t>(svc - labels.begin());
  const std::size_t domain = svc == labels.end() ? 0 : labels.size() - before - 1;
  const bool with_namespace = svc != labels.end() || labels.size() == 3;
  auto parts = labels.first(before);
  kube::ServiceDnsName name;
  name.name_space = name_space;
  name.domain_labels = domain;
  if (with_namespace) {
    if (parts.size() < 2) return std::nullopt;
    name.name_space = parts.back();
    parts = parts.first(parts.size() - 1);
  }
  if (parts.empty() || parts.size() > 3) return std::nullopt;
  name.service = parts.back();
  if (parts.size() == 2) name.hostname = parts[0];
  if (parts.size() == 3) {
    if (!parts[0].starts_with('_') || !parts[1].starts_with('_')) return std::nullopt;
    name.port = parts[0].substr(1);
    name.protocol = parts[1].substr(1);
  }
  return name;
}

std::string full_name(const kube::ServiceDnsName& name, std::string_view cluster_domain) {
  std::string out;
  const auto add = [&](std::string_view label) { out.append(label).append("."); };
  if (!name.port.empty()) {
    add("_" + std::string(name.port));
    add("_" + std::string(name.protocol));
  }
  if (!name.hostname.empty()) add(name.hostname);
  add(name.service);
  add(name.name_space);
  add("svc");
  return out.append(cluster_domain);
}

}  // namespace sts::rollout
