#pragma once

#include "lint/rules/waits/target.h"
#include "lint/script/dns_tool_use.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// What pods wait for before they become Ready: what the rules STS221 to STS228 share. Pure.
namespace sts::lint::waits {

/// Where the wait stands; other places keep no pod from becoming Ready.
enum class Where : std::uint8_t { kInit, kProbe, kPostStart, kMain };

/// Why a wait for its own workload's pods never ends while no pod of it is Ready.
enum class Stuck : std::uint8_t {
  kNo,
  kOwnName,       // the name has an address once the pod that waits is Ready
  kOwnPort,       // nothing listens yet, whatever the name does
  kLaterOrdinal,  // the pod waited for is created only once the one that waits is Ready
};

/// A command that lets its script go on only once a name or a port is there: the condition of a
/// loop that nothing else ends, or a status that the container or probe fails by.
struct Wait {
  DnsToolUse use;
  Where where = Where::kInit;
  bool loop = false;            // else it fails, and is run again
  bool unsure = false;          // an image of unknown version, a test: severities are one lower
  bool tcp = false;             // needs a port that answers, not only a name
  std::vector<Target> targets;  // as far as they are known; at least one
  std::vector<Stuck> stuck;     // of each target
  bool mentions_pod = false;    // the script reads its pod's name somewhere

  const Target* first(Stuck why) const;
  Severity at_most(Severity severity) const;
};

struct Waits {
  std::shared_ptr<const PodScripts> scripts;  // keeps what the waits point to
  std::vector<Wait> all;
};

/// The waits of an object's pods that every one of them goes through: none of those that a script
/// keeps some ordinals from, that end by a counter or a clock, or that `|| true` makes harmless.
/// Never null; kept for the objects asked for last (kept.h).
std::shared_ptr<const Waits> waits_of(const Object& object, const RuleContext& context);

/// The pod of a higher ordinal than the first that the set's own pods wait for: the wait is then
/// init-waits-for-later-ordinal's, whatever else it waits for. Null for none.
const Target* waits_for_later(const Wait& wait, const Object& object);

/// Is publishNotReadyAddresses what the wait lacks? For rules that would say the same again.
bool lacks_published_addresses(const Wait& wait);

/// "db-0" of a StatefulSet; `every pod of Deployment "api"`.
std::string first_pod(const Object& workload);
/// "db-2": the pod that a target names, or first_pod().
std::string pod_of(const Target& target, const Object& workload);

/// At the name in the script, with the Service as a related location.
Findings::Builder report(Findings& findings, const Rule& rule, Severity severity, const Wait& wait,
                         const Target& target, std::string message);

/// `publishNotReadyAddresses: true in Service "db"`
std::string publish_fix(const Target& target);

}  // namespace sts::lint::waits
