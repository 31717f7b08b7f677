#pragma once

#include "kube/semantics/timestamp.h"
#include "rollout/dns/dns.h"
#include "rollout/status/snapshot.h"

#include <string>

namespace sts::rollout::testing {

/// testdata/recordings/NAME.json: what `kubectl get sts,pods,… -o json` says, all kinds in one
/// List. All were taken at noon.
struct Recording {
  Snapshot status;
  DnsSnapshot dns;
};
Recording recording(const std::string& name);
kube::Time noon();

/// "" where `text` is what testdata/recordings/FILE holds; else both, for a failure's message. With
/// STS_UPDATE_GOLDEN set it is written instead.
std::string compared(const std::string& file, const std::string& text);

}  // namespace sts::rollout::testing
