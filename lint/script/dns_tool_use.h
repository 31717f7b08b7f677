#pragma once

#include "lint/script/dns_tool_class.h"
#include "lint/script/scripts.h"

#include <memory>
#include <string>
#include <vector>

// What the rules STS201 to STS211 share: each DNS tool in a script, beside the image that brings
// it.
namespace sts::lint {

struct DnsToolUse {
  const PodScript* script = nullptr;
  const NetUse* use = nullptr;
  DnsTools tools;
  bool default_dns = true;  // ClusterFirst, no searches of its own, not the node's network

  const shell::NetCommand& net() const { return use->net; }
  const shell::Gating& gating() const { return use->gating; }
  bool gates() const { return gating().gate != shell::Gate::kNone; }
  /// Its output and not its status is used.
  bool output_is_read() const { return gating().piped || gating().captured; }
  /// It gates, nothing stands in for it, and no counter ends the wait.
  bool decides() const;
  /// The server asked is this pod itself: a DNS server's own check.
  bool asks_itself() const;
  LookupQuery query(const HostName& name) const;

  /// One level lower where the script is not surely run.
  Severity at_most(Severity severity) const;
  /// And one lower where the pod's DNS is not the default.
  Severity by_default_dns(Severity severity) const;
};

struct DnsToolUses {
  std::shared_ptr<const PodScripts> scripts;  // keeps what the uses point to
  std::vector<DnsToolUse> all;
};

/// Never null; kept for the objects asked for last (kept.h).
std::shared_ptr<const DnsToolUses> dns_tool_uses(const Object& object, const RuleContext& context);

/// The image that will run: kustomize's `images` put in, where all overlays agree; a reference with
/// `placeholder` set where nobody knows.
ImageReference effective_image(const Object& workload, const Container& container);

/// report_in_script() with the image as a related location.
Findings::Builder report_dns_tool(Findings& findings, const Rule& rule, Severity severity,
                                  const DnsToolUse& use, shell::Range range, std::string message);

/// What a lookup that never succeeds (never fails) does to the script: "this loop never ends".
std::string when_never_succeeds(const DnsToolUse& use);
std::string when_never_fails(const DnsToolUse& use);

/// A relative name in full, as far as it is known: "web-0.nginx.prod.svc.cluster.local". The pod's
/// own name is written $(hostname), an unknown namespace <namespace>.
std::string full_name(const HostName& name, const Object& workload, const RuleContext& context);

/// A name for messages.
std::string shown(const HostName& name);

}  // namespace sts::lint
