#pragma once

#include "kube/object/tree.h"
#include "lint/script/scripts.h"

#include <string_view>

namespace sts::lint {

/// A container's environment as far as the manifest shows it. HOSTNAME is added where it is not set
/// (the runtime sets it; in the node's network it is the node's name). Later entries win, as in the
/// kubelet's makeEnvironmentVariables; $(NAME) in a value is an earlier entry's. What $(NAME)
/// brings in is bounded: a value of more than PodScript::kMaxJoined bytes is unknown, and so is
/// every further one once all together have kMaxExpanded.
PodScript::Environment container_environment(kube::Value container, bool host_network);
inline constexpr std::size_t kMaxExpanded = 256 * 1024;

/// Kubernetes replaces $(NAME) in command and args (kubelet, ExpandContainerCommandAndArgs) where
/// NAME is in the environment; names that envFrom or a Service may bring look like constants.
shell::ParseOptions kubernetes_expansion(const PodScript::Environment& environment);

}  // namespace sts::lint
