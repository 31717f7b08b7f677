#include "lint/index/outside_names.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
}

// Groups of Kubernetes itself, and of projects whose objects route to Services, watch, secure or
// schedule them, but make none.
constexpr std::array<std::string_view, 62> kMakeNothing{
    "apps",
    "batch",
    "autoscaling",
    "policy",
    "extensions",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "audit.k8s.io",
    "apiserver.config.k8s.io",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling.k8s.io",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io",
    "kubeadm.k8s.io",
    "kubelet.config.k8s.io",
    "kubeproxy.config.k8s.io",
    "kubescheduler.config.k8s.io",
    "kustomize.config.k8s.io",
    "metrics.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy.networking.k8s.io",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "settings.k8s.io",
    "snapshot.storage.k8s.io",
    "storage.k8s.io",
    "storagemigration.k8s.io",
    "app.k8s.io",
    "apps.kruise.io",
    "apps.openshift.io",
    "route.openshift.io",
    "template.openshift.io",
    "security.openshift.io",
    "argoproj.io",
    "bitnami.com",
    "cert-manager.io",
    "certmanager.k8s.io",
    "cilium.io",
    "configuration.konghq.com",
    "crd.projectcalico.org",
    "projectcalico.org",
    "external-secrets.io",
    "image.toolkit.fluxcd.io",
    "keda.sh",
    "kustomize.toolkit.fluxcd.io",
    "kyverno.io",
    "networking.istio.io",
    "notification.toolkit.fluxcd.io",
    "policy.linkerd.io",
    "linkerd.io",
    "projectcontour.io",
    "security.istio.io",
    "source.toolkit.fluxcd.io",
    "traefik.io",
};

// How kinds end that watch, route to or restrict what is there.
constexpr std::array<std::string_view, 13> kEndsOfKindsThatMakeNothing{
    "Route",  "Monitor", "Probe",      "Rule",        "Rules",  "Policy", "Dashboard",
    "Config", "Grant",   "Datasource", "Certificate", "Issuer", "Class"};

bool kind_makes_others(std::string_view kind) {
  return std::none_of(kEndsOfKindsThatMakeNothing.begin(), kEndsOfKindsThatMakeNothing.end(),
                      [&](std::string_view end) { return kind.ends_with(end); });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// What a line `key: value` gives; nothing for another key.
std::optional<std::string_view> value_at(std::string_view line, std::string_view key) {
  if (line.substr(0, key.size()) != key || line.size() == key.size() || line[key.size()] != ':') {
    return std::nullopt;
  }
  std::string_view value = line.substr(key.size() + 1);
  value = trimmed(value.substr(0, value.find(" #")));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  return value;
}

// The first `"key": "value"` behind `from`.
std::string_view json_string(std::string_view text, std::string_view key, std::size_t from) {
  const std::size_t at = text.find("\"" + std::string(key) + "\"", from);
  if (at == std::string_view::npos) return {};
  std::string_view rest = trimmed(text.substr(at + key.size() + 2));
  if (rest.empty() || rest.front() != ':') return {};
  rest = trimmed(rest.substr(1));
  if (rest.empty() || rest.front() != '"') return {};
  rest.remove_prefix(1);
  return rest.substr(0, rest.find('"'));
}

CustomResource scan_json(std::string_view text) {
  CustomResource resource;
  resource.api_version = json_string(text, "apiVersion", 0);
  resource.kind = json_string(text, "kind", 0);
  const std::size_t metadata = std::min(text.find("\"metadata\""), text.size());
  resource.name = json_string(text, "name", metadata);
  return resource;
}

class BlockScan {
 public:
  CustomResource run(std::string_view text) {
    while (!text.empty() && !done_) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      take(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return resource_;
  }

 private:
  void take(std::string_view line) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos || line[indent] == '#') return;
    const std::string_view content = trimmed(line);
    if (indent == 0) {
      in_metadata_ = content == "metadata:";
      child_indent_ = 0;
      if (const auto value = value_at(content, "apiVersion")) {
        resource_.api_version = *value;
        // Most documents are of the API server's own groups: no need to read on.
        done_ = !makes_others(*value, "");
      } else if (const auto kind = value_at(content, "kind")) {
        resource_.kind = *kind;
        done_ = done_ || !kind_makes_others(*kind);
      }
      return;
    }
    if (!in_metadata_) return;
    if (child_indent_ == 0) child_indent_ = indent;
    if (indent != child_indent_) return;
    if (const auto value = value_at(content, "name")) resource_.name = *value;
    if (const auto value = value_at(content, "namespace")) resource_.name_space = *value;
  }

  CustomResource resource_;
  bool in_metadata_ = false;
  bool done_ = false;
  std::size_t child_indent_ = 0;
};

}  // namespace

bool makes_others(std::string_view api_version, std::string_view kind) {
  const std::string_view group = group_of(api_version);
  if (group.empty() ||
      std::find(kMakeNothing.begin(), kMakeNothing.end(), group) != kMakeNothing.end()) {
    return false;
  }
  return kind_makes_others(kind);
}

std::optional<CustomResource> scan_custom_resource(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  CustomResource resource = first != std::string_view::npos && text[first] == '{'
                                ? scan_json(text)
                                : BlockScan().run(text);
  if (resource.api_version.empty() || resource.kind.empty() ||
      !makes_others(resource.api_version, resource.kind)) {
    return std::nullopt;
  }
  resource.text = text;
  return resource;
}

}  // namespace sts::lint
