#pragma once

#include "lint/index/index.h"

#include <string>

namespace sts::lint::availability {

/// How a LabelSelector inside a pod template stands to the template's own labels.
struct OwnMatch {
  bool missed = false;     // surely does not select them
  kube::Value place;       // what to point at: the entry that misses, else the selector
  std::string difference;  // "selects app: database, but the pods have app: db"
};

/// `label_selector` may be absent, which selects nothing.
OwnMatch match_own(const Object& workload, kube::Value label_selector, const Index& index);

}  // namespace sts::lint::availability
