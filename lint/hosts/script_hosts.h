#pragma once

#include "lint/hosts/host_sites.h"
#include "lint/script/scripts.h"

#include <deque>
#include <memory>
#include <vector>

namespace sts::lint {

/// Pods' hosts that only running a script puts together, of loops above all:
/// `for i in 0 1 2; do nc -z db-$i.db 5432; done`. Each name that a word stands for is one, at the
/// word; what PodHosts has is left out, and so are scripts that are not surely run.
struct ScriptPodHosts {
  std::shared_ptr<const PodScripts> scripts;  // keeps what the sites point to
  std::deque<HostSite> sites;                 // what the hosts point to
  std::vector<PodHost> hosts;
};

ScriptPodHosts script_pod_hosts(const Object& object, const RuleContext& context);

}  // namespace sts::lint
