#include "lint/hosts/script_hosts.h"

#include <algorithm>
#include <utility>

namespace sts::lint {
namespace {

HostText host_text(const HostName& name, const PodScript::Spot& spot) {
  HostText host;
  host.begin = spot.begin;
  host.end = spot.end;
  host.resolved = std::make_shared<const std::string>(name.text);
  host.name = *host.resolved;
  host.labels = kube::dns_labels(host.name);
  host.final_dot = name.final_dot;
  host.named = true;
  return host;
}

bool found_in_text(const PodScript::Spot& spot, const std::vector<HostSite>& sites) {
  return std::any_of(sites.begin(), sites.end(), [&](const HostSite& site) {
    return site.scalar == spot.scalar && site.host.begin < spot.end && spot.begin < site.host.end;
  });
}

}  // namespace

ScriptPodHosts script_pod_hosts(const Object& object, const RuleContext& context) {
  ScriptPodHosts result;
  result.scripts = pod_scripts(object, context);
  const auto& known = context.index.derived<HostSites>();
  for (const PodScript& script : *result.scripts) {
    if (!script.surely_run) continue;
    for (const NetUse& use : script.uses) {
      if (use.net.hosts.size() != 1 || use.net.hosts[0].word.literal()) continue;
      const PodScript::Spot spot = script.spot(use.where);
      if (!spot.scalar.exists() || found_in_text(spot, known.of(*script.object))) continue;
      for (const HostName& name : use.names) {
        // The pod's own name and namespace are for people to read as they are written.
        if (name.text.find('<') != std::string::npos) continue;
        HostSite site{script.object, spot.scalar, host_text(name, spot), {}, 1, &object};
        auto host = pod_host(site, object, context.index);
        if (!host) continue;
        host->site = &result.sites.emplace_back(std::move(site));
        host->only_tried =
            use.gating.gate != shell::Gate::kLoop && use.gating.gate != shell::Gate::kExit;
        result.hosts.push_back(*host);
      }
    }
  }
  return result;
}

}  // namespace sts::lint
