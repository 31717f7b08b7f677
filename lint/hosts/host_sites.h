#pragma once

#include "lint/hosts/host_text.h"
#include "lint/index/index.h"
#include "lint/rule.h"

#include <optional>
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
  /// Whose pods read it, and so what kOwnPod and kOwnNamespace in it are: the object itself, or the
  /// one workload that mounts the ConfigMap. Null where nobody knows.
  const Object* reader = nullptr;

  Place place() const;
};

/// All of the index, by object (Index::derived).
class HostSites {
 public:
  explicit HostSites(const Index& index);
  const std::vector<HostSite>& of(const Object& object) const;

 private:
  std::unordered_map<const Object*, std::vector<HostSite>> sites_;
};

/// A host that is, or was meant to be, a StatefulSet's pod: `db-0`, `db-0.db`, `db-0.db.prod.svc`,
/// `$(POD_NAME).db`.
struct PodHost {
  const HostSite* site = nullptr;
  std::string_view pod;  // "db-0"; "" for the reading pod's own
  std::int64_t ordinal = 0;
  const Object* set = nullptr;  // the nearest StatefulSet of that name, all candidates agreeing
  std::string_view service;     // "" for a bare pod name
  std::string_view name_space;  // "" for the reading pod's own
  bool cluster = false;         // `.svc` stands where it belongs
  /// A variable that nobody can read stands in the namespace's place.
  bool name_space_unknown = false;
  /// `db-0.prod.svc`: what the cluster reads as Service db-0 in namespace prod.
  bool service_left_out = false;

  /// A script asks for it and goes on in any case.
  bool only_tried = false;

  bool own_pod() const { return pod.empty(); }
};

/// As a pod of `from`, or one that reads it, means the host; nothing for what is no pod's name, or
/// where its set is unknown or its candidates disagree.
std::optional<PodHost> pod_host(const HostSite& site, const Object& from, const Index& index);

/// The pods' hosts that each object names, sets found through the index; hosts whose set is unknown
/// or whose candidates disagree are left out (Index::derived).
class PodHosts {
 public:
  explicit PodHosts(const Index& index);
  const std::vector<PodHost>& of(const Object& object) const;

 private:
  std::unordered_map<const Object*, std::vector<PodHost>> hosts_;
};

/// Bytes [begin, end) of a site's text, as a finding.
Findings::Builder report_host(Findings& findings, const Rule& rule, Severity severity,
                              const HostSite& site, std::string message);

}  // namespace sts::lint
