#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

#include <array>
#include <optional>
#include <string_view>
#include <unordered_set>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVolumeMountUnresolved{
    401, "volume-mount-unresolved", Severity::kError,
    "a volumeMount or volumeDevice that names neither a volume nor a claim template", check};

namespace {

// Volumes that admission webhooks add to pods; somebody who mounts one knows that it will be there.
bool injected(std::string_view name) {
  constexpr std::array<std::string_view, 24> kPrefixes = {"istio-",
                                                          "istiod-",
                                                          "workload-socket",
                                                          "workload-certs",
                                                          "credential-socket",
                                                          "linkerd-",
                                                          "vault-secrets",
                                                          "vault-agent",
                                                          "vault-env",
                                                          "home-init",
                                                          "home-sidecar",
                                                          "consul-connect-",
                                                          "kuma-",
                                                          "aws-iam-token",
                                                          "eks-pod-identity-token",
                                                          "azure-identity-",
                                                          "oneagent-",
                                                          "datadog-auto-instrumentation",
                                                          "opentelemetry-auto-instrumentation",
                                                          "dapr-",
                                                          "spiffe-",
                                                          "cilium-spire",
                                                          "aws-opentelemetry-",
                                                          "newrelic-instrumentation"};
  for (const std::string_view prefix : kPrefixes) {
    if (name.substr(0, prefix.size()) == prefix) return true;
  }
  return false;
}

/// The volume whose claim, ConfigMap, Secret … bears the name that was mounted.
const storage::Named* volume_of_source(const storage::NamedList& volumes, std::string_view name) {
  constexpr std::size_t kMost = 256;
  if (volumes.all.size() > kMost) return nullptr;
  for (const storage::Named& volume : volumes.all) {
    const kube::Value source = volume.value.get(storage::source_of(volume.value));
    for (const std::string_view key : {"claimName", "name", "secretName"}) {
      if (source.get(key).text() == name) return &volume;
    }
  }
  return nullptr;
}

}  // namespace

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object)) return;
  const PodTemplate pods = pod_template(object);
  const storage::NamedList volumes = storage::volumes_of(object, pods);
  const storage::NamedList templates = storage::claim_templates_of(object);
  if (volumes.open || templates.open) return;
  const storage::Mounts mounts = storage::mounts_of(object, pods);
  std::optional<std::unordered_set<std::string_view>> misplaced;
  for (const storage::Mount& mount : mounts.all) {
    if (mount.volume.empty() || volumes.find(mount.volume) != nullptr ||
        templates.find(mount.volume) != nullptr || injected(mount.volume)) {
      continue;
    }
    if (!misplaced) {
      const auto names = storage::misplaced_names(object, pods);
      misplaced.emplace(names.begin(), names.end());
    }
    if (misplaced->contains(mount.volume)) continue;
    const storage::Named* meant = volume_of_source(volumes, mount.volume);
    std::string meaning = "that is what is in volume ";
    if (meant == nullptr) {
      meant = storage::meant_volume(mount.volume, volumes, templates, mounts);
      const bool is_template = meant != nullptr && templates.find(meant->name) == meant;
      meaning = is_template ? "the claim template is called " : "the volume is called ";
    }
    auto finding = findings.at(
        kVolumeMountUnresolved, Severity::kError, object, mount.value.get("name"),
        storage::named(mount.container) + (mount.device ? " uses device " : " mounts ") +
            quoted(mount.volume) + ", but " + title(object) +
            (object.kind == Kind::kStatefulSet ? " has no volume and no claim template"
                                               : " has no volume") +
            " of that name: " + storage::rejection(object, context.options));
    if (meant != nullptr) {
      finding.related(meant->name_value, meaning + quoted(meant->name));
      finding.fix("name: " + std::string(meant->name));
    } else {
      finding.fix(object.kind == Kind::kStatefulSet
                      ? "add " + quoted(mount.volume) +
                            " to spec.template.spec.volumes or to spec.volumeClaimTemplates"
                      : "add " + quoted(mount.volume) + " to spec.template.spec.volumes");
    }
  }
}

}  // namespace sts::lint
