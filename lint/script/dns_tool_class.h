#pragma once

#include "lint/script/host_name.h"
#include "lint/script/image_reference.h"

#include <cstdint>
#include <string>
#include <string_view>

// What busybox's nslookup does, by image. Measured on builds of busybox 1.27 to 1.38 with glibc,
// musl and uclibc and on the images 1.33, 1.37 and 1.38; the commits are named at each class.
namespace sts::lint {

enum class NslookupClass : std::uint8_t {
  kNone,      // no busybox nslookup as far as the image's name says
  kLibc,      // ≤ 1.28, alpine ≤ 3.11.2: getaddrinfo, so search list, ndots and /etc/hosts
  kNoSearch,  // 1.29: own queries, no search list; exits 0 whatever the answer (0dd3be8c0)
  kNoStatus,  // 1.30: search list for names without a dot (9408978a4); exits 0 still
  kStrict,    // ≥ 1.31, alpine ≥ 3.11.3: exits 1 if any one query fails (6ca8e347f)
  kUnknown,   // busybox or alpine, of a version that nothing says
};

enum class Libc : std::uint8_t { kUnknown, kGlibc, kMusl, kUclibc };

struct DnsTools {
  NslookupClass nslookup = NslookupClass::kNone;
  Libc libc = Libc::kUnknown;
  int minor = 0;          // busybox 1.<minor>; 0 where unknown
  bool alpine = false;    // else busybox
  bool official = false;  // the library image itself or its known mirrors
  /// For messages: "busybox 1.29", "busybox of alpine 3.19", "busybox (latest)".
  std::string shown;
};

DnsTools dns_tools(const ImageReference& image);

enum class Status : std::uint8_t { kZero, kOne, kVaries };

/// What one lookup does on a default cluster (ClusterFirst, CoreDNS, IPv4 only).
struct LookupResult {
  Status exists = Status::kZero;  // exit status where the name exists
  Status missing = Status::kOne;  // and where it does not
  bool resolved = true;           // the address is printed where it exists
  bool usage_error = false;       // an option that this version does not know
  bool slow = false;              // five seconds of timeout

  bool never_succeeds() const { return exists == Status::kOne && missing == Status::kOne; }
  bool never_fails() const { return exists == Status::kZero && missing == Status::kZero; }
};

struct LookupQuery {
  NameForm form = NameForm::kFqdn;  // kLabel, kDotted or kFqdn
  bool type_given = false;          // -type=, -querytype=
  bool srv = false;
  bool server_given = false;
};

/// The matrix of what was measured. Not for kNone and kUnknown.
LookupResult nslookup_result(const DnsTools& tools, const LookupQuery& query);

}  // namespace sts::lint
