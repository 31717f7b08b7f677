#pragma once

#include "kube/api/client.h"
#include "rollout/status/snapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout {

/// Reads one set and what belongs to it: one request for each kind that is shown and one for the
/// server's version; more only where a pod points at a node that may be lost, or is missing without
/// a reason. What the user may not list is left out, and the snapshot says so; only the set and its
/// pods have to be readable.
kube::ApiResult<Snapshot> gather(kube::Client& client, std::string_view name_space,
                                 std::string_view name);

/// The same of all sets of a namespace, or with "" of all namespaces, ordered by namespace and
/// name. Nodes are not looked at.
kube::ApiResult<std::vector<Snapshot>> gather_all(kube::Client& client,
                                                  std::string_view name_space);

}  // namespace sts::rollout
