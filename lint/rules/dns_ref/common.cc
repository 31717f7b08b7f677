#include "lint/rules/dns_ref/common.h"

#include "lint/index/kustomize.h"

#include <algorithm>
#include <set>

namespace sts::lint::dns_ref {

std::string right_name(const PodHost& host, std::string_view service, const RuleContext& context) {
  std::string name = std::string(host.pod) + "." + std::string(service);
  const std::string& own = host.set->name_space.name;
  if (!host.cluster && host.name_space.empty()) return name;
  if (own.empty() && host.name_space.empty()) return name;
  name += "." + (own.empty() ? std::string(host.name_space) : own);
  if (host.cluster) name += ".svc." + context.options.cluster_domain;
  return name;
}

bool governing_name_known(const Object& set) {
  if (set.patched_at("/spec/serviceName")) return false;
  // A prefix changes the Service's name and the set's, but no text that mentions them.
  return std::none_of(
      set.kustomizations.begin(), set.kustomizations.end(),
      [](const Kustomization* k) { return !k->name_prefix.empty() || !k->name_suffix.empty(); });
}

namespace {

struct KnownNamespaceNames {
  explicit KnownNamespaceNames(const Index& index) {
    for (const Object& object : index.objects()) {
      if (object.name_space.known()) names.insert(object.name_space.name);
      if (object.kind == Kind::kNamespace) names.emplace(object.name);
    }
  }
  std::set<std::string, std::less<>> names;
};

}  // namespace

bool project_has(std::string_view name_space, const Index& index) {
  return index.derived<KnownNamespaceNames>().names.contains(name_space);
}

}  // namespace sts::lint::dns_ref
