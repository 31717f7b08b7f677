#include "lint/model/text.h"
#include "lint/rules/storage/data_path.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kDataOnHostpath{418, "data-on-hostpath", Severity::kWarning,
                                  "a StatefulSet that keeps its data in a node's own folder",
                                  check};

static void check(const Object& object, const RuleContext&, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const PodTemplate pods = pod_template(object);
  if (object.patched_at(pods.pointer + "/spec/volumes") || storage::pinned_to_nodes(pods)) return;
  const storage::Mounts mounts = storage::mounts_of(object, pods);
  for (const storage::Named& volume : storage::effective_volumes_of(object, pods).all) {
    const kube::Value host_path = volume.value.get("hostPath");
    const std::string_view type = host_path.get("type").text();
    if (volume.name.empty() || !host_path ||
        !(type.empty() || type == "Directory" || type == "DirectoryOrCreate")) {
      continue;
    }
    const auto data = storage::data_mount_of(mounts, volume.name);
    if (!data) continue;
    const std::string_view folder = host_path.get("path").text();
    findings
        .at_key(kDataOnHostpath, Severity::kWarning, object, host_path,
                storage::named(data->mount.container) + " of " + title(object) +
                    " keeps its data (" + std::string(data->path.text()) + ") in " +
                    (folder.empty() ? std::string("a folder") : "folder " + std::string(folder)) +
                    " of whatever node it runs on: a pod that moves finds other data, or none")
        .related(data->path, "mounted here")
        .fix("use spec.volumeClaimTemplates (with local volumes to stay on the node's disks)");
  }
}

}  // namespace sts::lint
