#pragma once

#include "lint/index/index.h"
#include "lint/rule.h"
#include "lint/script/host_name.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sts::lint::waits {

/// What a name that a script waits for leads to.
struct Target {
  HostName name;
  std::string service;                  // its name
  std::vector<const Object*> services;  // all equally near, none external, all with selectors
  std::optional<bool> headless;         // where they agree
  std::optional<bool> publishes;        // publishNotReadyAddresses, where they agree
  bool pod = false;                     // a pod's name under the Service
  const Object* set = nullptr;          // whose pod, if known
  bool own_pod = false;                 // the asking pod itself, whichever it is: $(hostname).db
  std::optional<std::int64_t> ordinal;  // of a pod's name that is written out
  bool full = false;                    // as kubelet writes it into /etc/hosts
  /// The only workload whose pods stand behind the Services; null where it is not the only one or
  /// nobody knows.
  const Object* workload = nullptr;

  const Object& first() const { return *services.front(); }
};

/// Nothing where the name is not of this cluster, or its Service is not surely known.
std::optional<Target> target_of(const HostName& name, const Object& from,
                                const RuleContext& context);

}  // namespace sts::lint::waits
