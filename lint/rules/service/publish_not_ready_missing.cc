#include "lint/hosts/host_sites.h"
#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/rules/dns_ref/common.h"
#include "lint/rules/service/common.h"
#include "lint/rules/waits/waits.h"

#include <algorithm>
#include <array>
#include <set>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kPublishNotReadyMissing{
    109, "publish-not-ready-missing", Severity::kWarning,
    "peers that find each other by DNS only once they are Ready", check};

namespace {

kube::Value readiness_probe(const StatefulSetView& set) {
  for (const Container& container : set.pods.containers()) {
    if (container.role != ContainerRole::kMain) continue;
    if (const kube::Value probe = container.value.get("readinessProbe")) return probe;
  }
  return {};
}

// The ConfigMaps that the set's pods mount or take their environment from.
std::vector<const Object*> config_maps(const StatefulSetView& set, const Index& index) {
  std::set<std::string_view> names;
  const auto add = [&](kube::Value name) {
    if (const auto text = name.string()) names.insert(*text);
  };
  for (const kube::Value volume : set.pods.spec.get("volumes").items()) {
    add(volume.get("configMap", "name"));
    for (const kube::Value source : volume.get("projected", "sources").items()) {
      add(source.get("configMap", "name"));
    }
  }
  for (const Container& container : set.pods.containers()) {
    for (const kube::Value source : container.value.get("envFrom").items()) {
      add(source.get("configMapRef", "name"));
    }
    for (const kube::Value variable : container.value.get("env").items()) {
      add(variable.get("valueFrom", "configMapKeyRef", "name"));
    }
  }
  std::vector<const Object*> found;
  for (const std::string_view name : names) {
    const Reference map = index.find(set.object, Kind::kConfigMap, name);
    if (map.answer == Answer::kFound && map.nearest.size() == 1) found.push_back(map.first());
  }
  return found;
}

// A list of members, not the address of the one that leads (`PRIMARY_HOST: db-0.db`).
bool lists_members(const HostSite& site) {
  std::string key;
  for (const char c : site.key) key += (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
  constexpr std::array<std::string_view, 9> kWords{
      "seed", "peer", "cluster", "member", "join", "discovery", "quorum", "nodes", "bootstrap"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return key.find(word) != std::string::npos; });
}

// A name by which a pod of the set finds another one; null where no more than a leader's is there.
const HostSite* peer_name(const StatefulSetView& set, const RuleContext& context) {
  std::vector<const Object*> sources = config_maps(set, context.index);
  sources.insert(sources.begin(), &set.object);
  std::set<std::int64_t> ordinals;
  const HostSite* first = nullptr;
  for (const Object* source : sources) {
    for (const PodHost& host : context.index.derived<PodHosts>().of(*source)) {
      // By its own name no pod finds another one.
      if (host.set != &set.object || host.service != set.service_name || host.own_pod()) continue;
      if (dns_ref::for_certificate(host)) continue;
      ordinals.insert(host.ordinal);
      if (first == nullptr) first = host.site;
      if (ordinals.size() > 1 || lists_members(*host.site)) return first;
    }
  }
  return nullptr;
}

bool said_by_a_wait(const Object& object, const RuleContext& context) {
  const auto all = waits::waits_of(object, context);
  return std::any_of(all->all.begin(), all->all.end(), waits::lacks_published_addresses);
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const Index& index = context.index;
  const StatefulSetView set(object, index);
  if (set.replicas && *set.replicas < 2) return;
  const kube::Value probe = readiness_probe(set);
  if (!probe) return;
  const auto services = governing_services(set, index);
  const bool lacking = std::all_of(services.begin(), services.end(), [&](const Object* each) {
    const ServiceView view(*each);
    return view.headless == true && view.external_name == false &&
           view.publish_not_ready == false &&
           selects_pods(index.selector(*each), object, index) == Match::kYes;
  });
  if (services.empty() || !lacking) return;
  const HostSite* site = peer_name(set, context);
  if (site == nullptr || said_by_a_wait(object, context)) return;
  const Object& service = *services.front();
  const kube::Value spec = service.root.get("spec");
  auto finding =
      report(findings, kPublishNotReadyMissing, Severity::kWarning, service,
             spec.get("publishNotReadyAddresses"), spec,
             "the pods of " + title(object) + " look for each other at " + quoted(site->host.name) +
                 ", but " + title(service) +
                 " gives a pod its name only once it is Ready: peers that start together do not" +
                 " find each other");
  const std::size_t begin = site->host.begin;
  finding.related({site->scalar.tree().source_ptr(),
                   {site->scalar.source_offset(begin), site->scalar.source_offset(site->host.end)}},
                  quoted(site->host.name) + " is used here");
  finding.related_key(probe, "this probe decides when a pod is Ready");
  finding.fix("publishNotReadyAddresses: true");
}

}  // namespace
}  // namespace sts::lint
