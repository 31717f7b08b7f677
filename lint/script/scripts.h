#pragma once

#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/script/flow.h"
#include "lint/script/host_name.h"
#include "lint/script/net_command.h"
#include "lint/script/reach.h"
#include "lint/script/shell.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The commands that an object's pods will run, wherever they are written.
namespace sts::lint {

class Object;

/// When a script runs. Its container's role says the rest.
enum class Hook : std::uint8_t { kCommand, kPostStart, kPreStop, kReadiness, kLiveness, kStartup };

/// A use of the network in a script, resolved.
struct NetUse {
  shell::NodeId command = shell::kNoNode;
  shell::NetCommand net;
  /// Every name that its hosts may be, loop variables over literal lists and arguments of functions
  /// enumerated. Empty where the command names no host.
  std::vector<HostName> names;
  std::string server;  // resolved text of net.server, "" for none
  shell::Range where;  // of the first host's word; the command word where there is none
  shell::Gating gating;
  shell::Reach reach = shell::Reach::kAlways;  // kNever is left out
};

/// One script or exec-form command of a pod template.
struct PodScript {
  const Object* workload = nullptr;
  Container container;
  Hook hook = Hook::kCommand;

  /// Whose text it is: the workload, or the ConfigMap that is mounted into the container.
  const Object* object = nullptr;
  /// A ConfigMap's script: the container surely runs it (its path is called). Where that is not
  /// proven (an entrypoint's drop-in directory, a script that only another script calls), hook and
  /// gating are not to be relied on, and severities are one lower.
  bool surely_run = true;
  std::string path;    // where it is mounted; "" for the workload's own text
  bool timed = false;  // run under `timeout N`
  /// Its exit status decides: init container, probe, postStart hook.
  bool status_matters = false;

  shell::Script script;  // an exec-form command is a script of one command
  std::vector<NetUse> uses;

  /// The scalar that holds a range of the script's text, and the range within its text(): for
  /// Findings::in_text.
  struct Spot {
    kube::Value scalar;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Spot spot(shell::Range range) const;
  /// The text of a range as it is written.
  std::string_view written(shell::Range range) const;

  /// All that a word may stand for, with kOwnPod, kOwnNamespace and kAnything for what is not
  /// known; at most kMaxTexts, and {kAnything} beyond. `at` is the node that holds the word.
  std::vector<std::string> texts(const shell::Word& word, shell::NodeId at) const;
  static constexpr std::size_t kMaxTexts = 32;

  /// The environment's variables that hold the pod's name or index.
  bool identity_variable(std::string_view name) const;
  /// pod_guard() with this container's environment.
  std::optional<shell::Range> guard(shell::NodeId command) const;
  bool bounded(shell::NodeId loop) const { return timed || shell::bounded(script, loop); }

  struct Segment {
    std::size_t begin = 0;    // in the script's text
    std::size_t skipped = 0;  // bytes of the scalar's text before it
    std::size_t size = 0;
    kube::Value scalar;
  };
  struct Variable {
    std::vector<std::string> texts;  // {kAnything} where nobody can know
    bool identity = false;
  };
  using Environment = std::map<std::string, Variable, std::less<>>;
  /// Bytes that a word or value put together of several parts may have; beyond, nobody knows it.
  static constexpr std::size_t kMaxJoined = 4096;
  std::vector<Segment> segments;
  std::shared_ptr<const Environment> environment;  // of the container, for all its scripts
  std::vector<std::string> positionals;            // $1, $2 … of the script
  std::string own_fqdn;                            // what hostname -f prints; "" where unknown
  std::string set_name;                            // of a StatefulSet: what ${HOSTNAME%-*} is
};

using PodScripts = std::vector<PodScript>;

/// Every script of the object's pod template that could be read: command and args, lifecycle hooks,
/// exec probes, and the ConfigMap scripts that its containers mount. Kept for the objects asked for
/// last (kept.h). Never null. Thread-safe.
std::shared_ptr<const PodScripts> pod_scripts(const Object& object, const RuleContext& context);

/// Reports at a range of a script. Where the text is a ConfigMap's, the finding sits there and the
/// container is a related location; the engine unites what several containers make equal.
Findings::Builder report_in_script(Findings& findings, const Rule& rule, Severity severity,
                                   const PodScript& script, shell::Range range,
                                   std::string message);

}  // namespace sts::lint
