#pragma once

#include "lint/index/index.h"
#include "lint/model/workload.h"
#include "lint/rules/service/candidates.h"

#include <string>

namespace sts::lint::service {

/// What service-not-found and service-wrong-namespace share: the governing Service is not where the
/// set would meet it.

/// The nearest Service of the set's serviceName that surely lives in another namespace; null for
/// none.
const Object* nearest_namesake(const StatefulSetView& set, const Index& index);

/// More than one pod may run, so each needs a name: two or more replicas, or an autoscaler.
bool absence_hurts(const StatefulSetView& set, const Index& index);

/// `headless Service "db-headless" selects these pods`
std::string describe(const Candidate& candidate);

}  // namespace sts::lint::service
