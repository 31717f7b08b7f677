#pragma once

#include "kube/resources/pod.h"

#include <string>

namespace sts::kube {

/// The columns READY and STATUS of `kubectl get pods`
/// (pkg/printers/internalversion/printers.go, printPod, v0.34).
struct PodStatus {
  std::string text;  // "Running", "CrashLoopBackOff", "Init:0/1", "Terminating"
  std::int64_t ready = 0;
  std::int64_t containers = 0;  // with sidecars
};

PodStatus pod_status(const Pod& pod);

}  // namespace sts::kube
