#pragma once

#include "kube/semantics/dns_name.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace sts::lint {

/// What stands in a resolved text for what only the running pod knows.
inline constexpr std::string_view kOwnPod = "<POD>";
inline constexpr std::string_view kOwnNamespace = "<NS>";
inline constexpr std::string_view kAnything = "<?>";

/// What is known of single labels: what tells the readings of a relative name apart.
class KnownLabels {
 public:
  virtual bool service(std::string_view label) const = 0;
  virtual bool pod(std::string_view label) const = 0;  // of some StatefulSet: db-0
  virtual bool name_space(std::string_view label) const = 0;

  KnownLabels() = default;
  KnownLabels(const KnownLabels&) = default;
  KnownLabels& operator=(const KnownLabels&) = default;
  virtual ~KnownLabels() = default;
};

/// What a host name means to a pod of the cluster.
struct HostMeaning {
  enum class Kind : std::uint8_t {
    kService,  // a Service: db, db.prod, db.prod.svc…
    kPod,      // a pod under a Service: db-0.db, db-0.db.prod, db-0.db.prod.svc…
    kOutside,  // not of this cluster
    kUnknown,  // a part of it could be anything, or no record has such a name
  };
  Kind kind = Kind::kUnknown;
  kube::ServiceDnsName name;  // kService, kPod; the labels' own bytes
  bool svc = false;           // `.svc` stands in it: meant for the cluster and no other zone
  bool full = false;          // a domain follows the `svc`
};

/// The one place that says what a dotted name means: X.Y is the pod X under Service Y, Service X in
/// namespace Y or a name of some other zone, by what is known of X and Y. Labels are lower case and
/// may hold the placeholders above.
HostMeaning meaning_of(std::span<const std::string_view> labels, bool final_dot,
                       const KnownLabels& known);

/// The last label of a name that is not of a cluster unless something says so: `com`, `internal`.
bool is_outer_zone(std::string_view label);

}  // namespace sts::lint
