#include "lint/rules/dns_ref/common.h"

#include "kube/semantics/dns_name.h"
#include "lint/index/kustomize.h"

#include <algorithm>

namespace sts::lint::dns_ref {

std::string right_name(const PodHost& host, std::string_view service, const RuleContext& context) {
  const auto written = kube::dns_labels(host.site->host.name);
  const auto& labels = host.site->host.labels;
  // A variable stays where it is right.
  const bool aligned = written.size() == labels.size();
  const auto as_written = [&](std::size_t i) { return aligned ? written[i] : labels[i]; };
  std::string name = std::string(as_written(0)) + "." + std::string(service);
  const std::string& own = host.set->name_space.name;
  std::string_view name_space = own.empty() ? host.name_space : std::string_view(own);
  const std::size_t place = host.service_left_out ? 1 : 2;
  const bool own_by_variable =
      host.name_space.empty() && labels.size() > place && labels[place].front() == '<';
  if (own_by_variable) name_space = as_written(place);
  const bool written_short = !host.cluster && host.name_space.empty() && !own_by_variable;
  if (written_short || name_space.empty()) return name;
  name += "." + std::string(name_space);
  if (host.cluster) name += ".svc." + context.options.cluster_domain;
  return name;
}

std::string_view meant_namespace(const PodHost& host, const Object& object) {
  if (host.name_space_unknown) return {};
  return host.name_space.empty() ? std::string_view(object.name_space.name) : host.name_space;
}

bool governing_name_known(const Object& set) {
  if (set.patched_at("/spec/serviceName")) return false;
  // A prefix changes the Service's name and the set's, but no text that mentions them.
  return std::none_of(
      set.kustomizations.begin(), set.kustomizations.end(),
      [](const Kustomization* k) { return !k->name_prefix.empty() || !k->name_suffix.empty(); });
}

}  // namespace sts::lint::dns_ref
