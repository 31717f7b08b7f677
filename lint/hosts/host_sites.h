#pragma once

#include "lint/hosts/host_text.h"
#include "lint/index/index.h"
#include "lint/rule.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sts::lint {

/// A host that an object's configuration names: a container's command, args, env values, probes and
/// hooks, or a ConfigMap's data. Never labels, annotations, images or mount paths.
struct HostSite {
  const Object* object = nullptr;
  kube::Value scalar;
  HostText host;
  std::string_view key;       // the environment variable or ConfigMap key; "" for none
  std::size_t list_size = 1;  // how many hosts its text names
};

/// All of the index, by object (Index::derived).
class HostSites {
 public:
  explicit HostSites(const Index& index);
  const std::vector<HostSite>& of(const Object& object) const;

 private:
  std::unordered_map<const Object*, std::vector<HostSite>> sites_;
};

/// A host that is, or was meant to be, a StatefulSet's pod: `db-0`, `db-0.db`, `db-0.db.prod.svc`.
struct PodHost {
  const HostSite* site = nullptr;
  std::string_view pod;  // "db-0"
  std::int64_t ordinal = 0;
  const Object* set = nullptr;  // the nearest StatefulSet of that name, all candidates agreeing
  std::string_view service;     // the second label; "" for a bare pod name
  std::string_view name_space;  // the third; "" where not written
  bool cluster = false;         // `.svc` stands where it belongs
  /// `db-0.prod.svc`: what stands in the Service's place is the namespace.
  bool service_left_out = false;
};

/// The pods' hosts that an object names, sets found through the index; hosts whose set is unknown
/// or whose candidates disagree are left out.
std::vector<PodHost> pod_hosts(const Object& object, const RuleContext& context);

/// Bytes [begin, end) of a site's text, as a finding.
Findings::Builder report_host(Findings& findings, const Rule& rule, Severity severity,
                              const HostSite& site, std::string message);

}  // namespace sts::lint
