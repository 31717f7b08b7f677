#pragma once

#include "lint/index/index.h"
#include "lint/model/workload.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sts::lint::service {

/// A port that a container declares.
struct ContainerPort {
  kube::Value value;
  std::string_view name;               // "" where unnamed
  std::optional<std::int64_t> number;  // nothing where it is no number
  std::string_view protocol;           // "TCP" where absent
};

/// The ports that a pod of this template has as far as a Service can name them: those of main
/// containers and of restartable init containers (FindPort, k8s.io/endpointslice
/// util/controller_utils.go and pkg/api/v1/pod, v1.34).
struct PodPorts {
  std::vector<ContainerPort> ports;
  /// More may be there: patched containers, placeholders, a mesh's injected sidecar.
  bool open = false;
};
PodPorts ports_of(const Object& workload);

/// A sidecar that an injector may add to these pods has a port of this name: always unless
/// injection is turned off for the pods or their namespace, or, where it must be asked for, if it
/// is.
bool may_be_injected(std::string_view port_name, const Object& workload, const Index& index);

/// A Service port's protocol: "TCP" where absent, "" where unknown.
std::string_view protocol_of(kube::Value port);

}  // namespace sts::lint::service
