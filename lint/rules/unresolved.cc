#include "lint/rules/unresolved.h"

#include "lint/rules/service/common.h"
#include "lint/rules/storage/claim_reference.h"

namespace sts::lint {

std::vector<std::string> unresolved_references(const Object& object, const RuleContext& context) {
  std::vector<std::string> reasons;
  if (object.kind == Kind::kStatefulSet) {
    const StatefulSetView set(object);
    if (service::names_a_service(set)) {
      const Reference service = context.index.find(object, Kind::kService, set.service_name);
      if (service.answer == Answer::kUnknown) reasons.push_back(service.reason);
    }
  }
  if (!is_set(object)) return reasons;
  for (const storage::ClaimVolume& volume :
       storage::claim_volumes_of(object, pod_template(object))) {
    const storage::ClaimReference claim = storage::find_claim(object, context, volume.name);
    if (claim.nearest.empty() && claim.reference.answer == Answer::kUnknown) {
      reasons.push_back(claim.reference.reason);
    }
  }
  return reasons;
}

}  // namespace sts::lint
