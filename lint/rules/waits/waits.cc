#include "lint/rules/waits/waits.h"

#include "lint/model/text.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/waits/excuses.h"
#include "lint/script/kept.h"

#include <algorithm>

namespace sts::lint::waits {
namespace {

bool long_lived(Kind kind) {
  return kind == Kind::kStatefulSet || kind == Kind::kDaemonSet || kind == Kind::kDeployment ||
         kind == Kind::kReplicaSet;
}

std::optional<Where> where(const PodScript& script) {
  const ContainerRole role = script.container.role;
  switch (script.hook) {
    case Hook::kCommand:
      if (role == ContainerRole::kInit) return Where::kInit;
      // Without a probe a container that runs is Ready.
      if (role == ContainerRole::kMain && script.surely_run &&
          (script.container.value.get("readinessProbe") ||
           script.container.value.get("startupProbe"))) {
        return Where::kMain;
      }
      return std::nullopt;
    case Hook::kPostStart:
      return Where::kPostStart;
    case Hook::kReadiness:
    case Hook::kStartup:
      return Where::kProbe;
    default:
      return std::nullopt;
  }
}

// Of a lookup in a pipe the last stage's status decides: `getent hosts db | grep -q .`.
std::optional<shell::Gating> deciding(const DnsToolUse& use) {
  shell::Gating gating = use.gating();
  if (gating.captured) return std::nullopt;
  const shell::NetTool tool = use.net().tool;
  if (!gating.piped) {
    if (tool == shell::NetTool::kDig) return std::nullopt;  // exits 0 whatever the answer
    return gating;
  }
  const shell::Script& script = use.script->script;
  const shell::Node& next = script.at(gating.next_stage);
  if (next.kind != shell::NodeKind::kCommand || shell::connects(tool)) return std::nullopt;
  const shell::Call call = shell::call(next);
  if (call.name != "grep" && call.name != "egrep") return std::nullopt;
  bool inverted = false;
  bool names_answer = tool != shell::NetTool::kNslookup;
  for (const shell::Word* word : call.args) {
    const std::string text = word->literal_text();
    inverted |= text.starts_with("-") && text.find('v') != std::string::npos;
    // nslookup prints its server's address too, but no other name than the one found.
    names_answer |= text.starts_with("Name") || text.starts_with("^Name");
  }
  if (inverted || !names_answer) return std::nullopt;
  gating = shell::gating(script, gating.next_stage, use.script->status_matters);
  if (gating.piped || gating.captured) return std::nullopt;
  return gating;
}

bool tool_waits(const DnsToolUse& use, Wait& wait) {
  const shell::NetCommand& net = use.net();
  if (net.tool == shell::NetTool::kWaitFor || net.tool == shell::NetTool::kPeerFinder) return false;
  wait.tcp = shell::connects(net.tool);
  if (net.tool != shell::NetTool::kNslookup) return !net.server;
  if (net.server || net.too_many_arguments) return false;
  if (use.tools.nslookup == NslookupClass::kUnknown) wait.unsure = true;
  if (use.tools.nslookup == NslookupClass::kUnknown || use.tools.nslookup == NslookupClass::kNone) {
    return true;
  }
  return std::any_of(use.use->names.begin(), use.use->names.end(), [&](const HostName& name) {
    const LookupResult result = nslookup_result(use.tools, use.query(name));
    return !result.usage_error && (use.gating().piped || !result.never_fails());
  });
}

// kubelet writes a pod's own name into its /etc/hosts, and these tools read that.
bool reads_hosts_file(const DnsToolUse& use) {
  if (!shell::asks_dns_only(use.net().tool)) return true;
  return use.net().tool == shell::NetTool::kNslookup &&
         (use.tools.nslookup == NslookupClass::kLibc ||
          use.tools.nslookup == NslookupClass::kUnknown);
}

bool has_sidecar(const Object& object) {
  const auto containers = pod_template(object).containers();
  return std::any_of(containers.begin(), containers.end(), [](const Container& container) {
    return container.role == ContainerRole::kSidecar;
  });
}

Stuck own_name(const Target& target) {
  return target.headless == true && target.publishes == false ? Stuck::kOwnName : Stuck::kNo;
}

Stuck stuck(const Wait& wait, const Target& target, const Object& object) {
  if (target.workload != &object) return Stuck::kNo;
  // A sidecar that runs already may be what answers.
  const bool silent = wait.tcp && wait.where == Where::kInit && !has_sidecar(object);
  if (!target.pod)
    return silent                                   ? Stuck::kOwnPort
           : wait.tcp && wait.where == Where::kInit ? Stuck::kNo
                                                    : own_name(target);
  if (target.set != &object) return Stuck::kNo;
  const StatefulSetView set(object);
  const kube::Value policy = set.spec.get("podManagementPolicy");
  if (set.start_unknown || (policy && !policy.string()) ||
      object.patched_at("/spec/podManagementPolicy")) {
    return Stuck::kNo;
  }
  if (target.ordinal) {
    // dns-ref-bad-ordinal's.
    if (*target.ordinal < set.start) return Stuck::kNo;
    if (set.replicas && *target.ordinal >= set.start + *set.replicas) return Stuck::kNo;
    if (*target.ordinal > set.start && !set.parallel) return Stuck::kLaterOrdinal;
  }
  if (silent) return Stuck::kOwnPort;
  if (wait.tcp && wait.where == Where::kInit) return Stuck::kNo;
  if (target.full && reads_hosts_file(wait.use)) return Stuck::kNo;
  return own_name(target);
}

std::optional<Wait> wait_of(const DnsToolUse& use, const PodScripts& scripts) {
  // Names of a pod with another DNS than the cluster's lead elsewhere.
  if (!use.default_dns || use.use->names.empty()) return std::nullopt;
  const auto place = where(*use.script);
  if (!place) return std::nullopt;
  Wait wait;
  wait.use = use;
  wait.where = *place;
  const auto gating = deciding(use);
  if (!gating || gating->alternative || !gating->success_passes) return std::nullopt;
  wait.loop = gating->gate == shell::Gate::kLoop;
  if (!wait.loop && (gating->gate != shell::Gate::kExit || wait.where == Where::kMain)) {
    return std::nullopt;
  }
  if (wait.loop && use.script->bounded(gating->loop)) return std::nullopt;
  if (use.script->timed && wait.where != Where::kProbe) return std::nullopt;
  if (!tool_waits(use, wait) || is_excused(*use.script, use.use->command, scripts)) {
    return std::nullopt;
  }
  const Reached how = reached(use.script->script, use.use->command);
  if (how == Reached::kByCommand) return std::nullopt;
  if (how == Reached::kByTest) wait.unsure = true;
  return wait;
}

}  // namespace

const Target* Wait::first(Stuck why) const {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (stuck[i] == why) return &targets[i];
  }
  return nullptr;
}

Severity Wait::at_most(Severity severity) const {
  const Severity result = use.at_most(severity);
  // Said once: a test that is in the way makes the use itself uncertain.
  if (!unsure || use.use->reach == shell::Reach::kPerhaps) return result;
  return result == Severity::kError ? Severity::kWarning : Severity::kInfo;
}

namespace {

Waits read_waits(const Object& object, const RuleContext& context) {
  Waits waits;
  if (!long_lived(object.kind) || shape::is_fragment(object)) return waits;
  const auto uses = dns_tool_uses(object, context);
  for (const DnsToolUse& use : uses->all) {
    auto wait = wait_of(use, *uses->scripts);
    if (!wait) continue;
    for (const HostName& name : use.use->names) {
      auto target = target_of(name, object, context);
      if (!target) continue;
      wait->stuck.push_back(stuck(*wait, *target, object));
      wait->targets.push_back(*std::move(target));
    }
    if (wait->targets.empty()) continue;
    const PodScript& script = *use.script;
    wait->mentions_pod = shell::mentions_pod(
        script.script, [&](std::string_view name) { return script.identity_variable(name); });
    waits.all.push_back(*std::move(wait));
  }
  waits.scripts = uses->scripts;
  return waits;
}

}  // namespace

std::shared_ptr<const Waits> waits_of(const Object& object, const RuleContext& context) {
  return context.index.derived<Kept<Waits>>().get(object,
                                                  [&] { return read_waits(object, context); });
}

const Target* waits_for_later(const Wait& wait, const Object& object) {
  if (const Target* later = wait.first(Stuck::kLaterOrdinal)) return later;
  if (object.kind != Kind::kStatefulSet) return nullptr;
  const std::int64_t start = StatefulSetView(object).start;
  for (std::size_t i = 0; i < wait.targets.size(); ++i) {
    const Target& target = wait.targets[i];
    if (wait.stuck[i] == Stuck::kOwnName && target.ordinal && *target.ordinal > start) {
      return &target;
    }
  }
  return nullptr;
}

bool lacks_published_addresses(const Wait& wait) {
  return wait.first(Stuck::kOwnName) != nullptr || wait.first(Stuck::kLaterOrdinal) != nullptr;
}

std::string first_pod(const Object& workload) {
  if (workload.kind != Kind::kStatefulSet) return "every pod of " + title(workload);
  return std::string(workload.name) + "-" + std::to_string(StatefulSetView(workload).start);
}

std::string pod_of(const Target& target, const Object& workload) {
  if (!target.ordinal) return first_pod(workload);
  return std::string(workload.name) + "-" + std::to_string(*target.ordinal);
}

Findings::Builder report(Findings& findings, const Rule& rule, Severity severity, const Wait& wait,
                         const Target& target, std::string message) {
  auto builder = report_in_script(findings, rule, severity, *wait.use.script, wait.use.use->where,
                                  std::move(message));
  const Object& service = target.first();
  builder.related(service.metadata.get("name"), title(service) + " is defined here");
  return builder;
}

std::string publish_fix(const Target& target) {
  return "publishNotReadyAddresses: true in Service " + quoted(target.service);
}

}  // namespace sts::lint::waits
