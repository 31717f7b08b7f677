#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

class Object;
struct RuleContext;

/// What stands in a resolved text for what only the running pod knows.
inline constexpr std::string_view kOwnPod = "<POD>";
inline constexpr std::string_view kOwnNamespace = "<NS>";
inline constexpr std::string_view kAnything = "<?>";

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

  /// Its first label is the pod's own name.
  bool own_pod() const { return !labels.empty() && labels[0] == kOwnPod; }
};

/// Says what a text is, as `from`'s pods would ask it: X.Y is a cluster name only where X or Y is
/// known to be one (a Service, a set, a namespace of the index), else external.
HostName host_name(std::string_view text, const Object& from, const RuleContext& context);

}  // namespace sts::lint
