#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/field_walk.h"

#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kDsReplicasFields;

namespace {

struct Known {
  std::string_view key;
  std::string_view why;
  std::string_view fix;
};

constexpr Known kFields[] = {
    {"replicas", "a DaemonSet runs one pod on every matching node and has no count",
     "remove replicas; choose the nodes with nodeSelector or affinity"},
    {"serviceName", "only a StatefulSet's pods have names of their own", "remove serviceName"},
    {"volumeClaimTemplates", "only a StatefulSet makes claims for its pods",
     "remove volumeClaimTemplates; use a volume of the pod template"},
    {"strategy", "that is a Deployment's field; a DaemonSet calls it updateStrategy",
     "rename it to updateStrategy"},
    {"podManagementPolicy", "only a StatefulSet starts its pods in order",
     "remove podManagementPolicy"},
    {"ordinals", "only a StatefulSet numbers its pods", "remove ordinals"},
    {"persistentVolumeClaimRetentionPolicy", "only a StatefulSet makes claims for its pods",
     "remove persistentVolumeClaimRetentionPolicy"},
};

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (object.kind != Kind::kDaemonSet) return;
  for (const kube::Entry& entry : object.root.get("spec").entries()) {
    for (const Known& known : kFields) {
      if (entry.key.text() != known.key || !shape::sent_as_written(object, entry.value)) continue;
      findings
          .at_key(kDsReplicasFields, Severity::kError, object, entry.value,
                  title(object) + " has spec." + std::string(known.key) + ", but " +
                      std::string(known.why) + ": strict validation rejects it")
          .fix(std::string(known.fix));
    }
  }
}

}  // namespace

extern const Rule kDsReplicasFields{321, "ds-replicas-fields", Severity::kError,
                                    "a field of another workload kind in a DaemonSet", check};

}  // namespace sts::lint
