#include "kube/semantics/dns_name.h"

#include <algorithm>
#include <optional>

namespace sts::kube {
namespace {

using Labels = std::span<const std::string_view>;

// What stands before `svc`, or what the search list completes up to there. CoreDNS takes a port and
// a protocol or an endpoint before the Service, never both (plugin/kubernetes/parse.go, 1.12).
std::optional<ServiceDnsName> read(Labels labels, bool with_namespace) {
  ServiceDnsName name;
  if (with_namespace) {
    if (labels.empty()) return std::nullopt;
    name.name_space = labels.back();
    labels = labels.first(labels.size() - 1);
  }
  if (labels.empty()) return std::nullopt;
  name.service = labels.back();
  if (labels.size() == 2) name.hostname = labels[0];
  if (labels.size() == 3 && labels[0].starts_with('_') && labels[1].starts_with('_')) {
    name.port = labels[0].substr(1);
    name.protocol = labels[1].substr(1);
  } else if (labels.size() > 2) {
    return std::nullopt;
  }
  return name;
}

}  // namespace

std::vector<std::string_view> dns_labels(std::string_view name) {
  std::vector<std::string_view> labels;
  for (;;) {
    const std::size_t dot = name.find('.');
    labels.push_back(name.substr(0, dot));
    if (dot == std::string_view::npos) return labels;
    name.remove_prefix(dot + 1);
  }
}

std::vector<ServiceDnsName> service_dns_readings(Labels labels, bool final_dot) {
  std::vector<ServiceDnsName> readings;
  const auto add = [&](std::optional<ServiceDnsName> name) {
    if (name) readings.push_back(*name);
  };
  if (!final_dot) {
    add(read(labels, false));
    add(read(labels, true));
    if (!labels.empty() && labels.back() == "svc") {
      add(read(labels.first(labels.size() - 1), true));
    }
  }
  for (std::size_t svc = 2; svc + 1 < labels.size(); ++svc) {
    if (labels[svc] != "svc") continue;
    auto name = read(labels.first(svc), true);
    if (name) name->domain_labels = labels.size() - svc - 1;
    add(name);
    break;
  }
  return readings;
}

std::string pod_dns_name(std::string_view pod, std::string_view service,
                         std::string_view name_space, std::string_view cluster_domain) {
  std::string name(pod);
  for (const std::string_view label :
       {service, name_space, std::string_view("svc"), cluster_domain}) {
    name += '.';
    name += label;
  }
  return name;
}

std::vector<std::string> cluster_search_list(std::string_view name_space,
                                             std::string_view cluster_domain) {
  const std::string domain(cluster_domain);
  return {std::string(name_space) + ".svc." + domain, "svc." + domain, domain};
}

std::vector<std::string> names_asked(std::string_view name, std::span<const std::string> search,
                                     std::size_t ndots) {
  if (name.ends_with('.')) return {std::string(name.substr(0, name.size() - 1))};
  std::vector<std::string> names;
  for (const std::string& domain : search) names.push_back(std::string(name) + "." + domain);
  const auto dots = static_cast<std::size_t>(std::count(name.begin(), name.end(), '.'));
  names.insert(dots >= ndots ? names.begin() : names.end(), std::string(name));
  return names;
}

}  // namespace sts::kube
