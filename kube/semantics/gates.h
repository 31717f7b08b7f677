#pragma once

#include "kube/semantics/version.h"

#include <cstdint>
#include <string_view>

namespace sts::kube {

/// What an API server of one version makes of a field, with the feature gates' defaults.
enum class Support : std::uint8_t {
  kUnknownField,  // not in its schema: strict validation rejects it, without it is lost
  kDropped,       // in its schema, its gate is off: silently removed before validation
  kRejected,      // known, but refused in validation
  kServed,
};

/// Fields and values of a StatefulSet that not every version serves.
enum class GatedField : std::uint8_t {
  kMinReadySeconds,   // spec.minReadySeconds, KEP-2599
  kRetentionPolicy,   // spec.persistentVolumeClaimRetentionPolicy, KEP-1847
  kOrdinals,          // spec.ordinals, KEP-3335
  kMaxUnavailable,    // spec.updateStrategy.rollingUpdate.maxUnavailable, KEP-961
  kRecreateStrategy,  // spec.updateStrategy.type: Recreate
};

Support support(GatedField field, const Version& version);

/// The gate's name, as in --feature-gates.
std::string_view gate_name(GatedField field);

/// The first version that serves it by default, in words: "1.23", "1.35.0 to 1.35.3 and 1.37";
/// "" where none does yet.
std::string_view served_since(GatedField field);

/// When an API group version of a kind stopped being served; {} never (as far as is known).
/// `api_version` as written: "apps/v1beta1".
struct Removal {
  Version removed;               // the first version without it
  std::string_view replacement;  // "apps/v1"
};
const Removal* removal_of(std::string_view api_version, std::string_view kind);

}  // namespace sts::kube
