#pragma once

#include "lint/hosts/host_meaning.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

class Object;
struct RuleContext;

enum class NameForm : std::uint8_t {
  kLabel,     // no dot: the search list completes it
  kDotted,    // a cluster name that is relative: web-0.nginx, svc.ns, svc.ns.svc
  kFqdn,      // a cluster name in full, or one with a final dot
  kExternal,  // not of this cluster, an address, localhost
  kUnknown,   // a part of it is opaque and could be anything
};

/// A host name as a script asks for it.
struct HostName {
  NameForm form = NameForm::kUnknown;
  std::string text;  // lower case but for the placeholders, without a final dot
  std::vector<std::string> labels;
  bool final_dot = false;

  // What it means, where that is a name of the cluster (meaning_of); else "".
  std::string pod;         // "web-0", or kOwnPod; "" for the Service itself
  std::string service;     // "nginx"
  std::string name_space;  // "" for the asking pod's own

  /// Its first label is the pod's own name.
  bool own_pod() const { return !labels.empty() && labels[0] == kOwnPod; }
};

/// Says what a text is, as `from`'s pods would ask it: X.Y is a cluster name only where X or Y is
/// known to be one (a Service, a set, a namespace of the index), else external.
HostName host_name(std::string_view text, const Object& from, const RuleContext& context);

}  // namespace sts::lint
