#pragma once

#include "lint/index/index.h"
#include "lint/model/workload.h"
#include "lint/rule.h"

#include <string>
#include <string_view>

namespace sts::lint::availability {

/// How a LabelSelector inside a pod template stands to the template's own labels.
struct OwnMatch {
  bool missed = false;     // surely does not select them
  kube::Value place;       // what to point at: the entry that misses, else the selector
  std::string difference;  // "selects app: database, but the pods have app: db"
};

/// `label_selector` may be absent, which selects nothing.
OwnMatch match_own(const Object& workload, kube::Value label_selector, const Index& index);

/// The pod template of a StatefulSet or DaemonSet whose `field` of the pod spec is as it is
/// written; nothing for other objects and where a kustomize patch writes there.
PodTemplate pods_as_written(const Object& object, std::string_view field);

/// "WHAT of StatefulSet "db" selects app: database, but the pods have app: db: CONSEQUENCE", at
/// what misses, else at `whole`, with the pods' labels and the fix.
void report_missed(Findings& findings, const Rule& rule, const Object& object, const OwnMatch& own,
                   kube::Value whole, std::string_view what, std::string_view consequence);

}  // namespace sts::lint::availability
