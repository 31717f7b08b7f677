#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

#include <string_view>
#include <unordered_set>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctUnused{403, "vct-unused", Severity::kWarning,
                             "a claim template that no container mounts", check};

namespace {

/// An admission webhook adds a container, or is told to mount this volume (Istio's
/// sidecar.istio.io/userVolumeMount): whoever mounts the claim may not be written here.
bool may_be_injected(const PodTemplate& pods, std::string_view name) {
  for (const std::string_view map : {"annotations", "labels"}) {
    for (const kube::Entry& entry : pods.metadata.get(map).entries()) {
      const std::string_view value = entry.value.text();
      if (storage::has_word(value, name)) return true;
      if (entry.key.text().find("inject") == std::string_view::npos) continue;
      if (value != "false" && value != "disabled" && value != "no") return true;
    }
  }
  return false;
}

}  // namespace

static void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!storage::judges_claim_templates(object)) return;
  const PodTemplate pods = pod_template(object);
  if (!pods) return;
  const storage::Mounts mounts = storage::mounts_of(object, pods);
  if (mounts.open) return;
  const storage::NamedList templates = storage::claim_templates_of(object);
  const storage::NamedList volumes = storage::volumes_of(object, pods);
  std::unordered_set<std::string_view> used;
  for (const storage::Mount& mount : mounts.all) {
    if (!used.insert(mount.volume).second) continue;
    // The mount that was meant for it has volume-mount-unresolved's finding.
    if (volumes.find(mount.volume) == nullptr && templates.find(mount.volume) == nullptr) {
      const storage::Named* meant = storage::meant_volume(mount.volume, volumes, templates, mounts);
      if (meant != nullptr) used.insert(meant->name);
    }
  }
  for (const storage::Named& claim_template : templates.all) {
    if (claim_template.name.empty() || used.contains(claim_template.name) ||
        templates.find(claim_template.name) != &claim_template ||
        may_be_injected(pods, claim_template.name)) {
      continue;
    }
    findings
        .at(kVctUnused, Severity::kWarning, object, claim_template.name_value,
            "no container of " + title(object) + " mounts claim template " +
                quoted(claim_template.name) + ": every pod gets a volume that nothing can use")
        .fix("add a volumeMount of that name, or remove the claim template");
  }
}

}  // namespace sts::lint
