#pragma once

#include "lint/rules/storage/storage.h"

// From a volume's claimName to what will be the claim.
namespace sts::lint::storage {

/// A claim that the project makes: a PersistentVolumeClaim, or one that a StatefulSet makes for a
/// pod from a claim template.
struct ClaimSource {
  const Object* object = nullptr;
  kube::Value spec;  // the claim's spec
  kube::Value name;  // where its name, or the template's, is written
};

struct ClaimReference {
  Reference reference;               // of the PersistentVolumeClaim
  std::vector<ClaimSource> nearest;  // not empty: found
};

ClaimReference find_claim(const Object& object, const RuleContext& context, std::string_view name);

/// A claim that `name` was probably meant for, with its proper name: one that will be applied side
/// by side with the object.
struct MeantClaim {
  ClaimSource source;
  std::string name;
};
std::optional<MeantClaim> meant_claim(const Object& object, const RuleContext& context,
                                      std::string_view name);

/// One `volumes[].persistentVolumeClaim`.
struct ClaimVolume {
  Named volume;
  kube::Value claim_name;
  std::string_view name;
  bool read_only = false;
};

/// Those of the pod template whose claim's name is known, shadowed volumes left out.
std::vector<ClaimVolume> claim_volumes_of(const Object& object, const PodTemplate& pods);

}  // namespace sts::lint::storage
