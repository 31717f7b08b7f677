#include "lint/script/dns_tool_use.h"

#include "lint/index/index.h"
#include "lint/index/kustomize.h"
#include "lint/index/patches.h"
#include "lint/script/kept.h"

#include <algorithm>

namespace sts::lint {

namespace {

Severity one_lower(Severity severity) {
  return severity == Severity::kError ? Severity::kWarning : Severity::kInfo;
}

bool default_dns(const PodTemplate& pods) {
  const kube::Value spec = pods.spec;
  if (spec.get("dnsConfig", "searches").size() != 0) return false;
  if (spec.get("nodeSelector", "kubernetes.io/os").string() == "windows" ||
      spec.get("os", "name").string() == "windows") {
    return false;
  }
  // A pod in the node's network has the node's DNS unless it says ClusterFirstWithHostNet
  // (kubelet, getPodDNSType, 1.34).
  const kube::Value policy = spec.get("dnsPolicy");
  if (spec.get("hostNetwork") && spec.get("hostNetwork").boolean() != false) {
    return policy.string() == "ClusterFirstWithHostNet";
  }
  return !policy || policy.string() == "ClusterFirst" ||
         policy.string() == "ClusterFirstWithHostNet";
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
    at += by.size();
  }
  return text;
}

// What the main command installs is there for the container's probes and hooks too. A container's
// scripts stand together; `first` is its first.
bool installs(const PodScripts& scripts, std::size_t first) {
  for (std::size_t i = first; i < scripts.size(); ++i) {
    if (scripts[i].container.value != scripts[first].container.value) break;
    if (scripts[i].script.by_name.contains("apk")) return true;
  }
  return false;
}

DnsToolUses read_uses(const Object& object, const RuleContext& context) {
  DnsToolUses uses;
  const PodTemplate pods = pod_template(object);
  if (!pods) return uses;
  uses.scripts = pod_scripts(object, context);
  const bool dns = default_dns(pods);
  bool installing = false;
  for (std::size_t i = 0; i < uses.scripts->size(); ++i) {
    const PodScript& script = (*uses.scripts)[i];
    if (i == 0 || script.container.value != (*uses.scripts)[i - 1].container.value) {
      installing = installs(*uses.scripts, i);
    }
    if (script.uses.empty()) continue;
    DnsTools tools = dns_tools(effective_image(object, script.container));
    // What a package manager brings may be BIND's nslookup and dig (alpine's bind-tools).
    if (installing) tools = DnsTools();
    for (const NetUse& use : script.uses) uses.all.push_back({&script, &use, tools, dns});
  }
  return uses;
}

}  // namespace

bool DnsToolUse::decides() const {
  if (!gates() || gating().alternative) return false;
  return gating().gate != shell::Gate::kLoop || !script->bounded(gating().loop);
}

bool DnsToolUse::asks_itself() const {
  const std::string& server = use->server;
  return server == "localhost" || server.starts_with("127.") || server == "::1";
}

LookupQuery DnsToolUse::query(const HostName& name) const {
  LookupQuery query;
  query.form = name.form;
  query.type_given = !net().query_type.empty();
  query.srv = net().query_type == "srv";
  query.server_given = net().server.has_value();
  return query;
}

Severity DnsToolUse::at_most(Severity severity) const {
  const bool surely = script->surely_run && use->reach == shell::Reach::kAlways;
  return surely ? severity : one_lower(severity);
}

Severity DnsToolUse::by_default_dns(Severity severity) const {
  return default_dns ? at_most(severity) : one_lower(at_most(severity));
}

ImageReference effective_image(const Object& workload, const Container& container) {
  const kube::Value written = container.value.get("image");
  const std::string_view text = written.is_scalar() ? written.text() : std::string_view();
  ImageReference image = parse_image(text);
  if (!written.string() || written.is_placeholder() || patched_at(workload, written)) {
    image.placeholder = true;
    return image;
  }
  // kustomize, api/filters/imagetag: an entry's name is compared with the image without its tag.
  const std::size_t slash = text.rfind('/');
  const std::size_t end = text.find_first_of(":@", slash == std::string_view::npos ? 0 : slash);
  const std::string_view name = text.substr(0, end);
  std::size_t overlays = 0;
  std::string replacement;
  for (const Kustomization* kustomization : workload.kustomizations) {
    for (const kube::Value entry : kustomization->root.get("images").items()) {
      if (entry.get("name").text() != name) continue;
      std::string other(entry.get("newName") ? entry.get("newName").text() : name);
      if (entry.get("digest")) {
        other += "@" + std::string(entry.get("digest").text());
      } else if (entry.get("newTag")) {
        other += ":" + std::string(entry.get("newTag").text());
      } else if (end != std::string_view::npos) {
        other += text.substr(end);
      }
      if (!replacement.empty() && replacement != other) {
        image.placeholder = true;
        return image;
      }
      replacement = other;
      ++overlays;
    }
  }
  if (overlays == 0) return image;
  ImageReference changed = parse_image(replacement);
  // An overlay that changes the image beside one that does not: two versions run.
  changed.placeholder = changed.placeholder || overlays < workload.kustomizations.size();
  return changed;
}

std::shared_ptr<const DnsToolUses> dns_tool_uses(const Object& object, const RuleContext& context) {
  return context.index.derived<Kept<DnsToolUses>>().get(object,
                                                        [&] { return read_uses(object, context); });
}

Findings::Builder report_dns_tool(Findings& findings, const Rule& rule, Severity severity,
                                  const DnsToolUse& use, shell::Range range, std::string message) {
  const kube::Value image = use.script->container.value.get("image");
  return report_in_script(findings, rule, severity, *use.script, range, std::move(message))
      .related(image, "the image is " + std::string(image.text()));
}

std::string when_never_succeeds(const DnsToolUse& use) {
  const shell::Gating& gating = use.gating();
  if (gating.alternative) return "this check never succeeds";
  switch (gating.gate) {
    case shell::Gate::kLoop:
      if (!gating.success_passes) return "this loop ends at once";
      return use.script->bounded(gating.loop) ? "every attempt of this loop fails"
                                              : "this loop never ends";
    case shell::Gate::kExit:
      if (!gating.success_passes) return "the script always goes on";
      switch (use.script->hook) {
        case Hook::kPostStart:
          return "the hook always fails and the container is killed";
        case Hook::kReadiness:
        case Hook::kLiveness:
        case Hook::kStartup:
          return "the probe always fails";
        default:
          return use.script->container.role == ContainerRole::kInit
                     ? "the init container never completes"
                     : "the script never gets past this";
      }
    case shell::Gate::kBranch:
      return "this check never succeeds";
    case shell::Gate::kNone:
      break;
  }
  return "its status says nothing";
}

std::string when_never_fails(const DnsToolUse& use) {
  const shell::Gating& gating = use.gating();
  switch (gating.gate) {
    case shell::Gate::kLoop:
      return gating.success_passes ? "this loop does not wait" : "this loop never ends";
    case shell::Gate::kExit:
      return gating.success_passes ? "this check stops nothing" : "the script never gets past this";
    default:
      return "this check never fails";
  }
}

std::string shown(const HostName& name) {
  return replaced(replaced(name.text, kOwnPod, "$(hostname)"), kOwnNamespace, "<namespace>");
}

std::string full_name(const HostName& name, const Object& workload, const RuleContext& context) {
  const std::string name_space =
      workload.name_space.known() ? workload.name_space.name : std::string("<namespace>");
  const std::string domain = ".svc." + context.options.cluster_domain;
  std::string text;
  bool has_namespace = false;
  if (!name.service.empty()) {
    // A port and its protocol come first where there are some.
    const bool port = name.labels.size() > 2 && name.labels[0].starts_with('_');
    if (port) text = name.labels[0] + "." + name.labels[1] + ".";
    if (!name.pod.empty()) text += name.pod + ".";
    text += name.service;
    has_namespace = !name.name_space.empty();
    if (has_namespace) text += "." + name.name_space;
  } else {
    std::vector<std::string> labels = name.labels;
    if (labels.size() > 1 && labels.back() == "svc") labels.pop_back();
    for (const std::string& label : labels) text += (text.empty() ? "" : ".") + label;
    has_namespace = labels.size() >= 3;
  }
  if (!has_namespace) text += "." + name_space;
  text += domain;
  return replaced(replaced(std::move(text), kOwnPod, "$(hostname)"), kOwnNamespace, name_space);
}

}  // namespace sts::lint
