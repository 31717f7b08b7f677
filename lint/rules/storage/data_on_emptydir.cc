#include "lint/model/text.h"
#include "lint/rules/storage/data_path.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kDataOnEmptydir{417, "data-on-emptydir", Severity::kWarning,
                                  "a StatefulSet that keeps its data in an emptyDir", check};

namespace {

/// A volume that outlives the pod: something else than what is made from the manifest's own parts.
bool persistent(const storage::Named& volume) {
  for (const std::string_view source : {"emptyDir", "configMap", "secret", "downwardAPI",
                                        "projected", "gitRepo", "image", "ephemeral"}) {
    if (storage::source_of(volume.value) == source) return false;
  }
  return !storage::source_of(volume.value).empty();
}

}  // namespace

static void check(const Object& object, const RuleContext&, Findings& findings) {
  if (object.kind != Kind::kStatefulSet || storage::rebuildable(object)) return;
  const PodTemplate pods = pod_template(object);
  const storage::NamedList templates = storage::claim_templates_of(object);
  const storage::NamedList volumes = storage::volumes_of(object, pods);
  if (!templates.all.empty() || templates.open || volumes.open) return;
  bool other_store = false;
  for (const storage::Named& volume : volumes.all) {
    other_store = other_store || persistent(volume);
  }
  const storage::Mounts mounts = storage::mounts_of(object, pods);
  for (const storage::Named& volume : volumes.all) {
    const kube::Value empty_dir = volume.value.get("emptyDir");
    if (volume.name.empty() || !empty_dir.exists() || empty_dir.get("medium").text() == "Memory") {
      continue;
    }
    const auto data = storage::data_mount_of(mounts, volume.name);
    if (!data || (data->kind == storage::DataPath::kGeneric && other_store)) continue;
    findings
        .at_key(kDataOnEmptydir, Severity::kWarning, object, empty_dir,
                storage::named(data->mount.container) + " of " + title(object) +
                    " keeps its data (" + std::string(data->path.text()) + ") in emptyDir " +
                    quoted(volume.name) +
                    ": it is lost whenever a pod is deleted or moves to another node")
        .related(data->path, "mounted here")
        .fix("move " + quoted(volume.name) + " to spec.volumeClaimTemplates");
  }
}

}  // namespace sts::lint
